import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Cell, Row, Table } from '../../tables/table';
import { metaColumnsOf, quoteName } from '../sql-names';

/** What a batch adds to each of its rows. */
export interface Stamp {
	readonly extractedAt: string;
	readonly runId: string;
}

/**
 * Writes rows of one table through a prepared statement. It names only the columns that some row
 * has filled so far, and is prepared anew when one more is: binding a hundred nulls a row would
 * cost more than storing it.
 */
export class TableWriter {
	readonly #decimals: readonly boolean[];
	readonly #filled: boolean[];
	#upsert: StatementSync;

	constructor(
		private readonly database: DatabaseSync,
		readonly table: Table,
	) {
		this.#decimals = table.columns.map(({ type }) => type === 'decimal');
		this.#filled = table.columns.map(({ name }) => table.key.includes(name));
		this.#upsert = this.#prepare();
	}

	/** Stores a row, living, over what its key held. Root rows have a fingerprint. */
	store(row: Row, stamp: Stamp, fingerprint?: string): void {
		if (this.#widen(row.cells)) this.#upsert = this.#prepare();
		const values = this.#bind(row.cells);
		values.push(stamp.extractedAt, stamp.runId, null);
		if (fingerprint !== undefined) values.push(fingerprint);
		values.push(row.raw);
		this.#upsert.run(...values);
	}

	/** True when the row fills a column that none did before. */
	#widen(cells: readonly Cell[]): boolean {
		let widened = false;
		for (let index = 0; index < cells.length; index++) {
			if (cells[index] === null || this.#filled[index]) continue;
			this.#filled[index] = true;
			widened = true;
		}
		return widened;
	}

	#prepare(): StatementSync {
		const { name, key, columns } = this.table;
		const own = columns.map((column) => column.name);
		const bound = [
			...own.filter((_name, index) => this.#filled[index]),
			...metaColumnsOf(this.table),
		].map(quoteName);
		const changes = [
			...bound.map((column) => `${column} = excluded.${column}`),
			// What stood there before must not outlive the row it belonged to.
			...own
				.filter((_name, index) => !this.#filled[index])
				.map((column) => `${quoteName(column)} = NULL`),
		];
		return this.database.prepare(
			`INSERT INTO ${quoteName(name)} (${bound.join(', ')})
			VALUES (${bound.map(() => '?').join(', ')})
			ON CONFLICT (${key.map(quoteName).join(', ')}) DO UPDATE SET ${changes.join(', ')}`,
		);
	}

	#bind(cells: readonly Cell[]): SQLInputValue[] {
		const values: SQLInputValue[] = [];
		for (let index = 0; index < cells.length; index++) {
			if (!this.#filled[index]) continue;
			const cell = cells[index] ?? null;
			if (typeof cell === 'boolean') values.push(cell ? 1 : 0);
			else if (typeof cell === 'string' && this.#decimals[index]) values.push(bindDecimal(cell));
			else values.push(cell);
		}
		return values;
	}
}

/**
 * A number where a double holds all the digits, so that SQL can sum it; else the digits as text.
 * Any 15 significant digits survive a double; longer ones are tried.
 */
export function bindDecimal(digits: string): number | string {
	// An exponent is left only where the digits would be too many to write out.
	if (/e/i.test(digits)) return digits;
	const number = Number(digits);
	return digits.length <= 15 || String(number) === digits ? number : digits;
}
