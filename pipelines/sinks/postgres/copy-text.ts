import type { Cell, Column, ColumnType } from '../../tables/table';

/** PostgreSQL's numbers end somewhere, far beyond any amount of money. */
const MOST_DIGITS = 16_000;
const SPECIAL = /[\\\n\r\t\0]/;
const SPECIALS = /[\\\n\r\t\0]/g;
const ESCAPED: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\0': '\ufffd',
};

/** A text as COPY takes it. */
export function copyText(text: string): string {
	return SPECIAL.test(text) ? text.replace(SPECIALS, (found) => ESCAPED[found] ?? '') : text;
}

/**
 * A text that PostgreSQL can store: it takes no NUL, so that one becomes U+FFFD, the sign for what
 * could not be shown, as every half of a surrogate pair does. `_raw` keeps both as they came.
 */
export function storableText(text: string): string {
	return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
}

const NULL = '\\N';

/** How a cell of each type is written in COPY's text format. */
export const cellWriters: Readonly<Record<ColumnType, (cell: Cell) => string>> = {
	text: (cell) => (cell === null ? NULL : copyText(String(cell))),
	boolean: (cell) => (cell === null ? NULL : cell === true ? 't' : 'f'),
	integer: plain,
	decimal: (cell) => (cell === null ? NULL : (storableDecimal(String(cell)) ?? NULL)),
	date: plain,
	// Microseconds are the finest PostgreSQL has; it would round more to the next day.
	time: (cell) => (cell === null ? NULL : String(cell).slice(0, 'HH:mm:ss.ffffff'.length)),
	timestamp: plain,
};

/** The digits, all of them; undefined where they are too many for PostgreSQL (`_raw` has them). */
export function storableDecimal(digits: string): string | undefined {
	if (digits.length > MOST_DIGITS) return undefined;
	const [, exponent] = /e(.*)$/i.exec(digits) ?? [];
	return exponent !== undefined && Math.abs(Number(exponent)) > MOST_DIGITS ? undefined : digits;
}

function plain(cell: Cell): string {
	return cell === null ? NULL : String(cell);
}

/** The columns of a table that some of the rows fill, by index; the key's are always among them. */
export function findFilled(
	columns: readonly Column[],
	key: readonly string[],
	rows: Iterable<{ readonly cells: readonly Cell[] }>,
): number[] {
	const filled = columns.map(({ name }) => key.includes(name));
	for (const { cells } of rows)
		for (let index = 0; index < cells.length; index++)
			if (cells[index] !== null) filled[index] = true;
	return filled.flatMap((isFilled, index) => (isFilled ? [index] : []));
}

/** Small enough for the server to work on one while the next is written. */
const CHUNK_BYTES = 64 * 1024;
/** No character takes more bytes in UTF-8 for each of its UTF-16 units. */
const MOST_BYTES = 3;

/** Joins lines to buffers worth a write. */
export function* toChunks(lines: Iterable<string>): Generator<Buffer> {
	let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
	let used = 0;
	for (const line of lines) {
		const most = line.length * MOST_BYTES;
		if (most > chunk.length - used) {
			if (used > 0) yield chunk.subarray(0, used);
			// The earlier chunk may still be on its way to the socket.
			chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, most));
			used = 0;
		}
		used += chunk.write(line, used);
	}
	if (used > 0) yield chunk.subarray(0, used);
}
