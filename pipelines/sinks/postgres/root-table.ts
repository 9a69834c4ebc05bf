import { z } from 'zod';
import type { Table } from '../../tables/table';
import { quoteName } from '../sql-names';
import type { Connection } from './connection';
import { insertNew, insertStaged, stageRows, type StagedRow, type Stamp } from './stage';

const knownRow = z.object({
	id: z.string(),
	fingerprint: z.string().nullable(),
	deletedAt: z.string().nullable(),
});

/** What the target has of a record. */
export type Known = Omit<z.infer<typeof knownRow>, 'id'>;

/** When Concur answered that a record is gone, by its id. */
export type Gone = ReadonlyMap<string, string>;

/** The table of a stream's records. */
export class RootTable {
	readonly #name: string;

	constructor(
		private readonly schema: string,
		readonly table: Table,
	) {
		this.#name = `${quoteName(schema)}.${quoteName(table.name)}`;
	}

	async findKnown(connection: Connection, ids: readonly string[]): Promise<Map<string, Known>> {
		const rows = await connection.query(
			knownRow,
			`SELECT id, _fingerprint AS fingerprint, _deleted_at AS "deletedAt"
			FROM ${this.#name} WHERE id = ANY ($1)`,
			[ids],
		);
		return new Map(rows.map(({ id, ...known }) => [id, known]));
	}

	/** Stores rows that are not there yet. */
	async insert(connection: Connection, rows: readonly StagedRow[], stamp: Stamp): Promise<void> {
		await insertNew(connection, this.schema, this.table, rows, stamp);
	}

	/** Stores rows, living, over what their keys held. */
	async replace(connection: Connection, rows: readonly StagedRow[], stamp: Stamp): Promise<void> {
		if (rows.length === 0) return;
		const stage = await stageRows(connection, this.schema, this.table, rows, stamp);
		const changes = [
			...stage.columns.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`),
			// What stood there before must not outlive the row it belonged to.
			...[...stage.empty, '_deleted_at'].map((name) => `${quoteName(name)} = NULL`),
		];
		await connection.run(
			`${insertStaged(this.schema, this.table, stage)}
			ON CONFLICT (${this.table.key.map(quoteName).join(', ')})
			DO UPDATE SET ${changes.join(', ')}`,
		);
	}

	/** Marks living rows as deleted; returns how many there were. */
	async markDeleted(connection: Connection, gone: Gone, stamp: Stamp): Promise<number> {
		return markDeleted(connection, this.#name, 'id', gone, stamp);
	}
}

/** Marks the living rows of records that are gone, in a root table or a child's. */
export async function markDeleted(
	connection: Connection,
	table: string,
	idColumn: string,
	gone: Gone,
	stamp: Stamp,
): Promise<number> {
	return connection.run(
		`UPDATE ${table} AS t SET _deleted_at = gone.at, _extracted_at = $3, _run_id = $4
		FROM unnest($1::text[], $2::timestamptz[]) AS gone (id, at)
		WHERE t.${quoteName(idColumn)} = gone.id AND t._deleted_at IS NULL`,
		[[...gone.keys()], [...gone.values()], stamp.extractedAt, stamp.runId],
	);
}
