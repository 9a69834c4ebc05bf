/**
 * Digits of every decimal column: the most that readers agree on. Eighteen places hold whatever a
 * double between 0.1 and 10^20 can say.
 */
export const decimalPrecision = 38;
export const decimalScale = 18;

const beyond = 10n ** BigInt(decimalPrecision);
const plain = /^(-?)(\d+)(?:\.(\d*?)0*)?$/;

/**
 * A number's digits as the whole number that a DECIMAL(38, 18) stores; undefined where it has no
 * room for all of them.
 */
export function readUnscaled(digits: string): bigint | undefined {
	const [, sign, whole, fraction = ''] = plain.exec(digits) ?? [];
	if (whole === undefined || fraction.length > decimalScale) return undefined;
	const size = BigInt(whole + fraction.padEnd(decimalScale, '0'));
	if (size >= beyond) return undefined;
	return sign === '-' ? -size : size;
}
