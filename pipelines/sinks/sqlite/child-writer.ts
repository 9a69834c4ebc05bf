import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { rootIdColumn } from '../../tables/catalog';
import type { Row, Table } from '../../tables/table';
import type { TableCounts } from '../sink';
import { quoteName } from '../sql-names';
import { TableWriter, type Stamp } from './table-writer';

const oldRows = z.array(
	z.object({ key: z.string(), raw: z.string().nullable(), deletedAt: z.string().nullable() }),
);

/** Replaces the rows that one record has in one child table. */
export class ChildWriter {
	readonly #writer: TableWriter;
	readonly #list: StatementSync;
	readonly #clear: StatementSync;
	readonly #markDeleted: StatementSync;
	readonly #keyIndex: number;

	constructor(
		database: DatabaseSync,
		readonly table: Table,
	) {
		const name = quoteName(table.name);
		const key = table.key.find((column) => column !== rootIdColumn) ?? rootIdColumn;
		this.#keyIndex = table.columns.findIndex((column) => column.name === key);
		this.#writer = new TableWriter(database, table);
		this.#list = database.prepare(
			`SELECT ${quoteName(key)} AS key, _raw AS raw, _deleted_at AS deletedAt
			FROM ${name} WHERE ${rootIdColumn} = ?`,
		);
		this.#clear = database.prepare(`DELETE FROM ${name} WHERE ${rootIdColumn} = ?`);
		this.#markDeleted = database.prepare(
			`UPDATE ${name} SET _deleted_at = ?, _extracted_at = ?, _run_id = ?
			WHERE ${rootIdColumn} = ? AND _deleted_at IS NULL`,
		);
	}

	/** @param isNew true when the record was not stored before, so that nothing is replaced */
	replace(
		id: string,
		rows: readonly Row[],
		isNew: boolean,
		stamp: Stamp,
		counts: TableCounts,
	): void {
		const before = isNew ? [] : oldRows.parse(this.#list.all(id));
		const old = new Map(before.map((row) => [row.key, row]));
		if (old.size > 0) this.#clear.run(id);
		for (const row of rows) {
			this.#writer.store(row, stamp);
			const key = String(row.cells[this.#keyIndex]);
			const was = old.get(key);
			old.delete(key);
			if (was === undefined) counts.inserted++;
			else if (was.raw === row.raw && was.deletedAt === null) counts.unchanged++;
			else counts.updated++;
		}
		for (const { deletedAt } of old.values()) if (deletedAt === null) counts.deleted++;
	}

	markDeleted(id: string, at: string, stamp: Stamp, counts: TableCounts): void {
		const { changes } = this.#markDeleted.run(at, stamp.extractedAt, stamp.runId, id);
		counts.deleted += Number(changes);
	}
}
