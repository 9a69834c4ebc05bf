import { exactNumber, type RawNumber } from '../../concur/exact-json';
import { toText, type Parameters } from './parameters';

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number, or the text of one with every digit of it; undefined where it is empty. Anything else is
 * refused in the name of the parameter.
 */
export function readDecimal(
	parameters: Parameters,
	name: string,
	value: unknown,
): number | RawNumber | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && value.trim() === '') return undefined;
	return toDecimal(parameters, name, toText(value) ?? '');
}

/** A number that must be there. */
export function requireDecimal(parameters: Parameters, name: string): number | RawNumber {
	return toDecimal(parameters, name, parameters.text(name));
}

function toDecimal(parameters: Parameters, name: string, text: string): number | RawNumber {
	if (DECIMAL.test(text)) return exactNumber(text);
	throw parameters.wrong(name, 'is not a number', 'Write it as 120.5.');
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
