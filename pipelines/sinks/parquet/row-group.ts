import type { Cell, Column, ColumnType, Table } from '../../tables/table';
import { readUnscaled } from './fixed-decimal';
import { describeSchema, hasDecimals } from './parquet-schema';

type Value = string | number | bigint | boolean | null;

const dayMs = 86_400_000;
/** What a cell other than a text is taken to weigh, in characters. */
const cellWeight = 8;

const encoders: Readonly<Record<ColumnType, (cell: NonNullable<Cell>) => Value | undefined>> = {
	text: (cell) => cell,
	time: (cell) => cell,
	boolean: (cell) => cell,
	integer: (cell) => (typeof cell === 'number' ? BigInt(cell) : undefined),
	decimal: (cell) => readUnscaled(String(cell)),
	date: (cell) => Date.parse(String(cell)) / dayMs,
	timestamp: (cell) => BigInt(Date.parse(String(cell))),
};

/** Rows gathered column by column: Parquet writes a column of many rows at a time. */
export class RowGroup {
	readonly #values: Value[][];
	readonly #encode: ReadonlyArray<(cell: NonNullable<Cell>) => Value | undefined>;
	readonly #names: readonly string[];
	readonly #hasDecimals: boolean;
	#rows = 0;
	#weight = 0;

	constructor(private readonly table: Table) {
		this.#names = describeSchema(table)
			.slice(1)
			.map(({ name }) => name);
		this.#values = this.#names.map(() => []);
		this.#encode = table.columns.map(({ type }) => encoders[type]);
		this.#hasDecimals = hasDecimals(table);
	}

	get rows(): number {
		return this.#rows;
	}

	/** Roughly how many characters are held. */
	get weight(): number {
		return this.#weight;
	}

	add(cells: readonly Cell[], origin: readonly [string, string, string | null]): void {
		const unfit: Record<string, string> = {};
		this.table.columns.forEach((column, index) =>
			this.#push(index, this.#encodeCell(column, index, cells[index] ?? null, unfit)),
		);
		const [extractedAt, runId, deletedAt] = origin;
		let next = this.table.columns.length;
		this.#push(next++, encoders.timestamp(extractedAt) ?? null);
		this.#push(next++, runId);
		this.#push(next++, deletedAt === null ? null : (encoders.timestamp(deletedAt) ?? null));
		if (this.#hasDecimals)
			this.#push(next, Object.keys(unfit).length > 0 ? JSON.stringify(unfit) : null);
		this.#rows++;
	}

	/** The gathered columns, which are then gathered anew. */
	take(): Array<{ name: string; data: Value[] }> {
		const taken = this.#names.map((name, index) => ({
			name,
			data: this.#values[index]?.splice(0) ?? [],
		}));
		this.#rows = 0;
		this.#weight = 0;
		return taken;
	}

	#encodeCell(
		{ name, type }: Column,
		index: number,
		cell: Cell,
		unfit: Record<string, string>,
	): Value {
		if (cell === null) return null;
		const value = this.#encode[index]?.(cell);
		if (value !== undefined) return value;
		if (type !== 'decimal') throw new TypeError(`${this.table.name}.${name} is no ${type}`);
		unfit[name] = String(cell);
		return null;
	}

	#push(index: number, value: Value): void {
		this.#values[index]?.push(value);
		this.#weight += typeof value === 'string' ? value.length : cellWeight;
	}
}
