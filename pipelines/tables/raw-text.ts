import type { JsonObject } from '../../concur/json';

const secretKeys = new Set(['requesttoken']);

/**
 * The JSON of an element as received, secrets removed at any depth. Numbers kept by
 * `JSON.rawJSON` come out with their exact digits.
 */
export function writeRawText(element: JsonObject): string {
	const text = JSON.stringify(element);
	// The replacer costs ten times the rest; it runs only where its work may be needed.
	if (!text.includes('equestToken')) return text;
	return JSON.stringify(element, (key, value: unknown) =>
		secretKeys.has(key.toLowerCase()) ? undefined : value,
	);
}
