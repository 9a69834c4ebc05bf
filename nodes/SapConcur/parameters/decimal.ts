import { exactNumber, type RawNumber } from '../../../concur/exact-json';
import { toText, type Parameters } from './parameters';

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number, or the text of one with every digit of it; undefined where it is empty. Refuses anything
 * else in the name of the parameter.
 */
export function readDecimal(
	parameters: Parameters,
	name: string,
	value: unknown,
): number | RawNumber | undefined {
	const text = toText(value);
	if (text !== undefined && DECIMAL.test(text)) return exactNumber(text);
	if (value === undefined || value === null || value === '') return undefined;
	throw parameters.wrong(name, 'is not a number', 'Write it as 120.5.');
}

/** A number that must be there. */
export function requireDecimal(parameters: Parameters, name: string): number | RawNumber {
	const number = readDecimal(parameters, name, parameters.text(name));
	if (number !== undefined) return number;
	throw parameters.wrong(name, 'is empty', 'Write it as 120.5.');
}

/** A currency by its three letters; undefined where it is empty. */
export function readCurrency(
	parameters: Parameters,
	name: string,
	value: unknown,
): string | undefined {
	const text = toText(value);
	if (text === undefined || /^[A-Za-z]{3}$/.test(text)) return text?.toUpperCase();
	throw parameters.wrong(name, 'is not the code of a currency', 'Write it as EUR or USD.');
}
