import { z } from 'zod';
import type { Table } from '../../tables/table';
import type { StoredRecord } from '../sink';
import { quoteName } from '../sql-names';
import type { Connection } from './connection';

/** Ids are short: many at once cost little, and each page costs a transaction. */
const PAGE_RECORDS = 20_000;

const recordRow = z
	.object({ id: z.string(), owner: z.string().nullable(), deleted: z.enum(['true', 'false']) })
	.transform(({ id, owner, deleted }) => ({
		id,
		owner: owner ?? undefined,
		isDeleted: deleted === 'true',
	}));

/** The records of a root table that follow after an id, in the order that its index has. */
export async function readRecordPage(
	connection: Connection,
	schema: string,
	table: Table,
	after: string,
): Promise<StoredRecord[]> {
	return connection.query(
		recordRow,
		`SELECT id, owner_id AS owner, (_deleted_at IS NOT NULL)::text AS deleted
		FROM ${quoteName(schema)}.${quoteName(table.name)}
		WHERE id > $1 ORDER BY id LIMIT ${PAGE_RECORDS}`,
		[after],
	);
}
