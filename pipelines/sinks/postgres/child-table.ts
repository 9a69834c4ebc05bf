import { z } from 'zod';
import { rootIdColumn } from '../../tables/catalog';
import type { Row, Table } from '../../tables/table';
import type { TableCounts } from '../sink';
import { quoteName } from '../sql-names';
import type { Connection } from './connection';
import { markDeleted, type Gone } from './root-table';
import { insertNew, insertStaged, stageRows, type Stamp } from './stage';

const countsRow = z.object({
	inserted: z.coerce.number(),
	updated: z.coerce.number(),
	unchanged: z.coerce.number(),
	deleted: z.coerce.number(),
});

const NONE: TableCounts = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };

/** A table of children: the rows of a record are replaced together. */
export class ChildTable {
	readonly #name: string;
	readonly #key: string;

	constructor(
		private readonly schema: string,
		readonly table: Table,
	) {
		this.#name = `${quoteName(schema)}.${quoteName(table.name)}`;
		this.#key = quoteName(table.key.find((column) => column !== rootIdColumn) ?? rootIdColumn);
	}

	/** Stores the rows of records that are new. Rows left of earlier ones are no obstacle. */
	async insert(
		connection: Connection,
		ids: readonly string[],
		rows: readonly Row[],
		stamp: Stamp,
	): Promise<TableCounts> {
		if (rows.length === 0) return NONE;
		await connection.run(`DELETE FROM ${this.#name} WHERE ${rootIdColumn} = ANY ($1)`, [ids]);
		const fresh = rows.map((row) => ({ row }));
		await insertNew(connection, this.schema, this.table, fresh, stamp);
		return { ...NONE, inserted: rows.length };
	}

	/** Replaces what the records have in this table by `rows`. */
	async replace(
		connection: Connection,
		ids: readonly string[],
		rows: readonly Row[],
		stamp: Stamp,
	): Promise<TableCounts> {
		if (ids.length === 0) return NONE;
		if (rows.length === 0) return this.#clear(connection, ids, undefined);
		const staged = rows.map((row) => ({ row }));
		const stage = await stageRows(connection, this.schema, this.table, staged, stamp);
		const counts = await this.#clear(connection, ids, stage.name);
		await connection.run(insertStaged(this.schema, this.table, stage));
		return counts;
	}

	/** Marks living rows as deleted; returns how many there were. */
	async markDeleted(connection: Connection, gone: Gone, stamp: Stamp): Promise<number> {
		return markDeleted(connection, this.#name, rootIdColumn, gone, stamp);
	}

	/** Removes the records' old rows, and compares them with the new ones by key and content. */
	async #clear(
		connection: Connection,
		ids: readonly string[],
		stage: string | undefined,
	): Promise<TableCounts> {
		const fresh = stage
			? `SELECT ${rootIdColumn} AS id, ${this.#key} AS key, _raw::text AS raw FROM ${stage}`
			: 'SELECT NULL AS id, NULL AS key, NULL AS raw WHERE false';
		const [counts] = await connection.query(
			countsRow,
			`WITH old AS (
				DELETE FROM ${this.#name} WHERE ${rootIdColumn} = ANY ($1)
				RETURNING ${rootIdColumn} AS id, ${this.#key} AS key, _raw::text AS raw,
					_deleted_at IS NULL AS living)
			SELECT count(*) FILTER (WHERE old.id IS NULL) AS inserted,
				count(*) FILTER (WHERE old.id = fresh.id AND NOT same) AS updated,
				count(*) FILTER (WHERE old.id = fresh.id AND same) AS unchanged,
				count(*) FILTER (WHERE fresh.id IS NULL AND old.living) AS deleted
			FROM old FULL JOIN (${fresh}) AS fresh ON old.id = fresh.id AND old.key = fresh.key,
			LATERAL (SELECT old.living AND old.raw IS NOT DISTINCT FROM fresh.raw AS same) AS compared`,
			[ids],
		);
		return counts ?? NONE;
	}
}
