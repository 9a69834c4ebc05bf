const jsonNumber = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/;
/** Beyond this many places a number stays in the notation it came in. */
const widest = 400;
/** Beyond this many places, or digits, it is no amount, and PostgreSQL refuses it. */
const utmost = 8000;

/** The digits of a JavaScript number without an exponent; undefined when it is not finite. */
export function writeNumber(value: number): string | undefined {
	if (!Number.isFinite(value)) return undefined;
	const text = String(value);
	return text.includes('e') ? writeDigits(text) : text;
}

/**
 * The digits of a number's text without an exponent, none lost and none added; undefined when the
 * text is no number, or one beyond all reason. An exponent too wide to write out is kept as received.
 */
export function writeDigits(text: string): string | undefined {
	const match = jsonNumber.exec(text);
	if (!match || text.length > utmost) return undefined;
	const [, sign = '', whole = '', fraction = '', exponent] = match;
	if (exponent === undefined) return text;
	const shift = Number(exponent);
	if (Math.abs(shift) > utmost) return undefined;
	if (Math.abs(shift) > widest) return text;
	const point = whole.length + shift;
	const digits = whole + fraction;
	const padded =
		point <= 0
			? '0'.repeat(1 - point) + digits
			: digits.padEnd(Math.max(point, digits.length), '0');
	const at = Math.max(point, 1);
	const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
	const rest = padded.slice(at);
	return sign + integer + (rest === '' ? '' : `.${rest}`);
}
