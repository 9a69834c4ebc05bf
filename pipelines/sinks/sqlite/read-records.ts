import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Table } from '../../tables/table';
import type { StoredRecord } from '../sink';
import { quoteName } from '../sql-names';

/** Ids are short: many at once cost little, and one statement each would cost more. */
const PAGE_RECORDS = 5000;

const recordRows = z.array(
	z
		.object({ id: z.string(), owner: z.string().nullable(), deleted: z.number() })
		.transform(({ id, owner, deleted }) => ({
			id,
			owner: owner ?? undefined,
			isDeleted: deleted === 1,
		})),
);

/** All records of a root table in the order of their ids, page by page. */
export function* readRecords(
	database: DatabaseSync,
	table: Table,
): Generator<readonly StoredRecord[], void> {
	const page = database.prepare(
		`SELECT id, owner_id AS owner, _deleted_at IS NOT NULL AS deleted
		FROM ${quoteName(table.name)} WHERE id > ? ORDER BY id LIMIT ${PAGE_RECORDS}`,
	);
	let after = '';
	for (;;) {
		const records = recordRows.parse(page.all(after));
		const last = records.at(-1);
		if (!last) return;
		yield records;
		after = last.id;
	}
}
