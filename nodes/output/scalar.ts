import { isRawNumber } from '../../concur/exact-json';
import { isJsonObject, type JsonObject } from '../../concur/json';

/** A value for one cell: numbers that a double would round become text, what is no value becomes null. */
export function scalar(value: unknown): string | number | boolean | null {
	if (isRawNumber(value)) return value.rawJSON;
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? value
		: null;
}

/** The object that a record holds under a name; an empty one where it holds none. */
export function memberOf(record: JsonObject, name: string): JsonObject {
	const value = record[name];
	return isJsonObject(value) ? value : {};
}
