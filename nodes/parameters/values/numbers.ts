import { exactNumber, type RawNumber } from '../../../concur/exact-json';
import { toText } from './text';

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A number, or the text of one with every digit of it; undefined where it is none. */
export function toDecimal(value: unknown): number | RawNumber | undefined {
	const text = toText(value) ?? '';
	return DECIMAL.test(text) ? exactNumber(text) : undefined;
}

/** A whole number from 0, or the text of one; undefined where it is none. */
export function toCount(value: unknown): number | undefined {
	const number = toDecimal(value);
	return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
		? number
		: undefined;
}
