import type { Parameters } from './parameters';

/** A currency by its three letters; undefined where it is empty. */
export function readCurrency(parameters: Parameters, name: string): string | undefined {
	return parameters.optionalText(name) === undefined
		? undefined
		: requireCurrency(parameters, name);
}

/** A currency that must be there. */
export function requireCurrency(parameters: Parameters, name: string): string {
	const text = parameters.text(name);
	if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
	throw parameters.wrong(name, 'is not the code of a currency', 'Write it as EUR or USD.');
}
