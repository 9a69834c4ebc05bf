/** "JSON.parse source text access", which Node has and TypeScript's es2023 library lacks. */
interface SourceAwareJson {
	rawJSON(text: string): JsonObject;
	parse(
		text: string,
		reviver?: (key: string, value: JsonValue, context: { source?: string }) => JsonValue,
	): JsonValue;
}

const json = requireSourceAccess(JSON);

/** Any JSON value; a number that a double cannot hold is kept as its own text (see {@link decimal}). */
export type JsonValue = string | number | boolean | null | JsonObject | JsonValue[];

/** A JSON object. */
export interface JsonObject {
	[key: string]: JsonValue;
}

/** A number that is written into the answer exactly as given here, digit for digit. */
export function decimal(text: string): JsonValue {
	return json.rawJSON(text);
}

/** Parses a JSON text; numbers that would lose digits keep their source text. */
export function parseJson(text: string): JsonValue {
	return json.parse(text, (_key, value, context) =>
		typeof value === 'number' && context.source !== undefined && String(value) !== context.source
			? json.rawJSON(context.source)
			: value,
	);
}

/** Parses a JSON text the ordinary way: what a careless reader (or a test) gets to see. */
export function parsePlainJson(text: string): JsonValue {
	return json.parse(text);
}

/** A copy as an ordinary reader would have it: long numbers become the nearest double. */
export function plainCopy(value: JsonValue): JsonValue {
	return parsePlainJson(JSON.stringify(value));
}

/** True for a JSON object (not null, not an array). */
export function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops members that are undefined, so that optional members can be written in place. */
export function object(members: Record<string, JsonValue | undefined>): JsonObject {
	const result: JsonObject = {};
	for (const [key, value] of Object.entries(members)) {
		if (value !== undefined) result[key] = value;
	}
	return result;
}

/** A copy of an object without these members. */
export function without(value: JsonObject, ...names: string[]): JsonObject {
	return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** The text member of that name, or undefined. */
export function textOf(value: JsonValue | undefined, key: string): string | undefined {
	const member = isObject(value) ? value[key] : undefined;
	return typeof member === 'string' ? member : undefined;
}

function requireSourceAccess(engine: object): SourceAwareJson {
	if (hasSourceAccess(engine)) return engine;
	throw new Error('the fake Concur needs Node 22 or newer');
}

function hasSourceAccess(engine: object): engine is SourceAwareJson {
	return 'rawJSON' in engine && 'parse' in engine;
}
