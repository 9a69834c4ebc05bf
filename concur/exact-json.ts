/** A number kept as its text, because a double would lose digits of it. */
export interface RawNumber {
	readonly rawJSON: string;
}

declare global {
	/** Source text access (V8 11.4 and later), which TypeScript's lib does not declare yet. */
	interface JSON {
		rawJSON(text: string): RawNumber;
		isRawJSON(value: unknown): value is RawNumber;
	}
}

/** Whether a parsed value is a number kept as text; `JSON.stringify` writes it back unchanged. */
export function isRawNumber(value: unknown): value is RawNumber {
	return JSON.isRawJSON(value);
}

/** A number in value position that is long enough, or scientific enough, to need a closer look. */
const SUSPICIOUS = /[:,[]\s*-?(?:[\d.]{16}|[\d.]+[eE])/;
/** The same, whole. */
const SUSPECTS = /[:,[]\s*(-?(?:[\d.]{16,}|[\d.]+(?=[eE]))(?:[eE][+-]?\d+)?)/g;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * `JSON.parse` that loses no digit: a number that a double cannot hold is kept as a
 * {@link RawNumber}. A reviver that asks for each number's text would take seven times as long, so
 * those few numbers are replaced by marks before, and the marks afterwards.
 */
export function parseExactJson(text: string): unknown {
	if (!SUSPICIOUS.test(text)) {
		const parsed: unknown = JSON.parse(text);
		return typeof parsed === 'number' ? exactNumber(text.trim()) : parsed;
	}
	let mark = '#';
	while (text.includes(mark)) mark += '#';
	const marked = markNumbers(text, mark);
	const parsed: unknown = JSON.parse(marked);
	return marked === text ? parsed : restoreNumbers(parsed, mark);
}

/** The text with a string in place of each number that a double cannot hold. */
function markNumbers(text: string, mark: string): string {
	let marked = '';
	let taken = 0;
	const quotes = new QuoteWalk(text);
	for (const match of text.matchAll(SUSPECTS)) {
		const [whole, source = ''] = match;
		if (!JSON_NUMBER.test(source) || !isRawNumber(exactNumber(source))) continue;
		const start = match.index + whole.length - source.length;
		const end = match.index + whole.length;
		// Digits of a string, or a text that is no JSON: it stays, and JSON.parse says so.
		if (quotes.isInString(start) || !/[\s,}\]]/.test(text.charAt(end) || ' ')) continue;
		marked += `${text.slice(taken, start)}"${mark}${source}"`;
		taken = end;
	}
	return marked + text.slice(taken);
}

/** Tells what of a JSON text is inside a string, from the beginning to the end. */
class QuoteWalk {
	#inside = false;
	#next: number;

	constructor(private readonly text: string) {
		this.#next = text.indexOf('"');
	}

	/** @param at greater than the last one asked for. */
	isInString(at: number): boolean {
		while (this.#next !== -1 && this.#next < at) {
			if (!this.#inside || !this.#isEscaped(this.#next)) this.#inside = !this.#inside;
			this.#next = this.text.indexOf('"', this.#next + 1);
		}
		return this.#inside;
	}

	#isEscaped(quote: number): boolean {
		let slashes = 0;
		while (this.text.charAt(quote - 1 - slashes) === '\\') slashes++;
		return slashes % 2 === 1;
	}
}

/**
 * Puts the numbers back, in place: what has just been parsed is nobody else's. Level by level and not
 * by recursion, since a text may be nested more deeply than calls can be.
 */
function restoreNumbers(parsed: unknown, mark: string): unknown {
	const root = { parsed };
	const ahead: object[] = [root];
	for (let holder = ahead.pop(); holder; holder = ahead.pop()) {
		for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
			if (typeof value === 'object' && value !== null) ahead.push(value);
			else if (typeof value === 'string' && value.startsWith(mark))
				// Not by assignment: a `__proto__` member is data.
				Object.defineProperty(holder, key, { value: JSON.rawJSON(value.slice(mark.length)) });
		}
	}
	return root.parsed;
}

/** The value of a JSON number's text: a number where that is exact, else the text kept raw. */
export function exactNumber(source: string): number | RawNumber {
	const value = Number(source);
	// Fifteen digits always survive; this also spares the comparison for nearly all numbers.
	if (source.length <= 15 && !/[eE]/.test(source)) return value;
	return digitsOf(source) === digitsOf(String(value)) ? value : JSON.rawJSON(source);
}

/** Sign, significant digits and exponent: equal for `1.10`, `1.1` and `11e-1`. */
function digitsOf(source: string): string {
	const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source);
	if (!match) return source;
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
	const digits = `${whole}${fraction}`.replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	const scale = Number(exponent) - fraction.length + (digits.length - significant.length);
	return `${sign}${significant}e${scale}`;
}
