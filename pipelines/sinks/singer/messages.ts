import type { Cell, ColumnType, Row, Table } from '../../tables/table';
import {
	deletedColumn,
	describeStream,
	extractedColumn,
	rawColumn,
	runColumn,
} from './json-schema';

/** Writes the messages of one stream, each with its end of line. */
export class StreamWriter {
	readonly #cells: ReadonlyArray<{
		readonly index: number;
		readonly label: string;
		readonly write: (cell: NonNullable<Cell>) => string;
	}>;
	readonly #head: string;

	constructor(
		private readonly table: Table,
		private readonly chosen: ReadonlySet<string>,
	) {
		this.#head = `{"type":"RECORD","stream":${JSON.stringify(table.name)},"record":{`;
		this.#cells = table.columns.flatMap(({ name, type }, index) =>
			chosen.has(name) ? [{ index, label: `${JSON.stringify(name)}:`, write: writers[type] }] : [],
		);
	}

	writeSchema(): string {
		const { name, key } = this.table;
		const schema = describeStream(this.table, this.chosen);
		return `${JSON.stringify({ type: 'SCHEMA', stream: name, schema, key_properties: key })}\n`;
	}

	writeRow({ cells, raw }: Row, extractedAt: string, runId: string): string {
		let text = this.#head;
		for (const { index, label, write } of this.#cells) {
			const cell = cells[index] ?? null;
			// A null too: it empties what an earlier version of the row had there.
			text += `${label}${cell === null ? 'null' : write(cell)},`;
		}
		text += writeOrigin(extractedAt, runId, null);
		if (this.chosen.has(rawColumn)) text += `,"${rawColumn}":${writeText(raw)}`;
		return text + end(extractedAt);
	}

	/** A record that says that another is gone: its key and when that was seen. */
	writeTombstone(id: string, extractedAt: string, runId: string, deletedAt: string): string {
		const key = `${JSON.stringify(this.table.key[0])}:${writeText(id)},`;
		return this.#head + key + writeOrigin(extractedAt, runId, deletedAt) + end(extractedAt);
	}
}

const writers: Readonly<Record<ColumnType, (cell: NonNullable<Cell>) => string>> = {
	text: writeText,
	time: writeText,
	date: writeText,
	timestamp: writeText,
	boolean: String,
	integer: String,
	// JSON allows no zeros in front.
	decimal: (cell) => String(cell).replace(/^(-?)0+(?=\d)/, '$1'),
};

/** Half a character, which loaders cannot store, becomes U+FFFD as it does in a file. */
function writeText(cell: NonNullable<Cell>): string {
	const text = JSON.stringify(cell);
	return text.includes('\\ud') ? JSON.stringify(Buffer.from(String(cell)).toString()) : text;
}

function writeOrigin(extractedAt: string, runId: string, deletedAt: string | null): string {
	return `"${extractedColumn}":"${extractedAt}","${runColumn}":"${runId}","${deletedColumn}":${JSON.stringify(deletedAt)}`;
}

function end(extractedAt: string): string {
	return `},"time_extracted":"${extractedAt}"}\n`;
}
