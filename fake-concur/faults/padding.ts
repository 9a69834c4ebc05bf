import { isObject, type JsonObject, type JsonValue } from '../json';

/** Pads the comment of a body (of the first item, for lists) to so many MiB. */
export function padBody(json: JsonValue, megabytes: number): JsonValue {
	const comment = 'x'.repeat(megabytes * 1024 * 1024);
	if (Array.isArray(json))
		return json.map((each, n) => (n === 0 ? padBody(each, megabytes) : each));
	if (!isObject(json)) return json;
	const data = json['data'];
	const padded: JsonObject = Array.isArray(data)
		? { ...json, data: padBody(data, megabytes) }
		: { ...json, comment };
	return padded;
}
