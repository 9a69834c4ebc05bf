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

type SourceReviver = (
	this: unknown,
	key: string,
	value: unknown,
	context?: { readonly source?: string },
) => unknown;

/** Whether a parsed value is a number kept as text; `JSON.stringify` writes it back unchanged. */
export function isRawNumber(value: unknown): value is RawNumber {
	return JSON.isRawJSON(value);
}

// A number in value position that is long enough, or scientific enough, to need a closer look.
const SUSPICIOUS = /[:,[]\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * `JSON.parse` that loses no digit: a number that a double cannot hold is kept as a
 * {@link RawNumber}. Ordinary texts take the plain fast path.
 */
export function parseExactJson(text: string): unknown {
	if (!SUSPICIOUS.test(text) && !/^\s*-?\d/.test(text)) return JSON.parse(text);
	const reviver: SourceReviver = (_key, value, context) =>
		typeof value === 'number' && context?.source !== undefined
			? exactNumber(context.source)
			: value;
	return JSON.parse(text, reviver);
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
