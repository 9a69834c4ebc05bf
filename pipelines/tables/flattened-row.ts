import type { JsonObject } from '../../concur/json';
import { writeRawText } from './raw-text';
import type { Cell, Row, Table } from './table';

/** A row whose JSON text is written when a sink first asks for it: CSV files never do. */
export class FlattenedRow implements Row {
	#raw: string | undefined;
	/** Truly private: it may hold a request token, which nothing that prints a row must show. */
	readonly #element: JsonObject;

	constructor(
		readonly table: Table,
		readonly cells: readonly Cell[],
		element: JsonObject,
	) {
		this.#element = element;
	}

	get raw(): string {
		return (this.#raw ??= writeRawText(this.#element));
	}
}
