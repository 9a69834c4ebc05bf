/**
 * How a column's values look in every sink.
 * - `text`, `boolean`, `integer`: as their names say.
 * - `decimal`: a number that loses no digit.
 * - `date`: `YYYY-MM-DD`; `time`: `HH:mm` as Concur sends it, without a zone.
 * - `timestamp`: an instant, UTC.
 */
export type ColumnType = 'text' | 'boolean' | 'integer' | 'decimal' | 'date' | 'time' | 'timestamp';

export interface Column {
	/** snake_case path, e.g. `total_approved_amount_value`. */
	readonly name: string;
	readonly type: ColumnType;
	/**
	 * Where the value stands in the JSON, e.g. `['totalApprovedAmount', 'value']`. Empty where the
	 * flattener gives the value: the ids of the rows above and the keys it makes.
	 */
	readonly path: readonly string[];
	/** Where older or other versions of the API put the same value; the first one found counts. */
	readonly alternatives?: readonly (readonly string[])[];
}

export interface Table {
	readonly name: string;
	/** Names of the columns that identify a row. */
	readonly key: readonly string[];
	readonly columns: readonly Column[];
	/** The table whose row a row of this one belongs to; undefined for a stream's root table. */
	readonly parent?: string;
	/** Paths that are known and on purpose no column (links, mostly), so that they are no drift. */
	readonly ignored?: readonly (readonly string[])[];
}

/**
 * One value, ready for any sink: timestamps as `YYYY-MM-DDTHH:mm:ss.SSSZ`, dates as `YYYY-MM-DD`,
 * decimals as their exact digits in text, integers as numbers, absent values as null.
 */
export type Cell = string | number | boolean | null;

/** One row: cells in the order of `table.columns`, and the JSON it came from, secrets removed. */
export interface Row {
	readonly table: Table;
	readonly cells: readonly Cell[];
	readonly raw: string;
}

/** The value of one column of a row; undefined where its table has no such column. */
export function cellOf({ table, cells }: Row, column: string): Cell | undefined {
	return cells[table.columns.findIndex(({ name }) => name === column)];
}
