import { parseExactJson } from '../../../concur/exact-json';
import { isJsonObject, type JsonObject } from '../../../concur/json';
import { isEmpty } from './text';

/** An object, or what the JSON of one says; empty where nothing was said, undefined for all else. */
export function toRecord(value: unknown): JsonObject | undefined {
	if (isEmpty(value)) return {};
	const parsed = parseText(value);
	return isPlain(parsed) ? parsed : undefined;
}

/** A list, what the JSON of one says, or a text with commas; one value alone is a list of one. */
export function toList(value: unknown): readonly unknown[] {
	if (isEmpty(value)) return [];
	const parsed = parseText(value);
	if (Array.isArray(parsed)) return parsed;
	if (typeof parsed !== 'string') return [parsed];
	return parsed.split(',').filter((part) => !isEmpty(part));
}

/** What a text says that looks like JSON; anything else as it is. */
export function parseText(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseExactJson(value);
	} catch {
		// The caller says in words that name the parameter what should have been there.
		return value;
	}
}

/** A Date is an object too, without a single field. */
function isPlain(value: unknown): value is JsonObject {
	return isJsonObject(value) && Object.prototype.toString.call(value) === '[object Object]';
}
