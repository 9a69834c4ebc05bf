import { stringify } from 'csv-stringify/sync';
import type { Cell, ColumnType, Row, Table } from '../../tables/table';

/** The columns every CSV row has after its own. */
export const csvMetaColumns = ['_extracted_at', '_run_id', '_deleted_at'] as const;

const needsQuotes = /[",\r\n]/;
/** The same, and csv-stringify's own list of what a spreadsheet would take for a formula. */
const needsQuotesOrEscape = /[",\r\n]|^[=+\-@\t\uFF1D\uFF0B\uFF0D\uFF20]/;

type WriteCell = (cell: Cell) => string;

/**
 * Writes rows of one table as CSV: `\n` after each, null as nothing, an empty text as `""`.
 *
 * csv-stringify writes every field that needs its care. The rest, most of a hundred columns being
 * empty, is joined here: passing all of them through it took three times as long.
 */
export class CsvText {
	readonly #writers: readonly WriteCell[];

	constructor(
		readonly table: Table,
		escapeFormulas: boolean,
	) {
		this.#writers = table.columns.map(({ type }) => chooseWriter(type, escapeFormulas));
	}

	writeHeader(): string {
		return stringify([[...this.table.columns.map(({ name }) => name), ...csvMetaColumns]]);
	}

	writeRows(rows: readonly Row[], extractedAt: string, runId: string): string {
		const end = `${extractedAt},${runId},\n`;
		let text = '';
		for (const { cells } of rows) text += this.#writeCells(cells) + end;
		return text;
	}

	/** A row that says that a record is gone: its id and when that was seen. */
	writeTombstone(id: string, extractedAt: string, runId: string, deletedAt: string): string {
		const cells = this.table.columns.map(({ name }) => (name === this.table.key[0] ? id : null));
		return `${this.#writeCells(cells)}${extractedAt},${runId},${deletedAt}\n`;
	}

	/** With a comma after each cell. */
	#writeCells(cells: readonly Cell[]): string {
		const writers = this.#writers;
		let text = '';
		for (let index = 0; index < writers.length; index++) {
			const cell = cells[index];
			const write = writers[index];
			text += cell === null || cell === undefined || !write ? ',' : `${write(cell)},`;
		}
		return text;
	}
}

/** Only text can hold what needs care; a quote before a negative amount would spoil the number. */
function chooseWriter(type: ColumnType, escapeFormulas: boolean): WriteCell {
	if (type !== 'text') return String;
	const awkward = escapeFormulas ? needsQuotesOrEscape : needsQuotes;
	const options = { eof: false, escape_formulas: escapeFormulas };
	return (cell) => {
		if (cell === '') return '""';
		return typeof cell === 'string' && awkward.test(cell)
			? stringify([[cell]], options)
			: String(cell);
	};
}
