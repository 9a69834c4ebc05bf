/** A JSON object from Concur before anything is known of its members. */
export type JsonObject = { readonly [key: string]: unknown };

/** Levels beyond which no answer of Concur's nests; some thousand exhaust what writes them as text. */
const DEEPEST = 100;

/** Whether a value nests more deeply than anything that Concur means to say. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text as JSON; undefined for what is none. A parse error would quote the text, so it is dropped. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
