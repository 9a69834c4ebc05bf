/** A JSON number kept as its text, as `JSON.rawJSON` makes it where a double would lose digits. */
export interface RawJson {
	readonly rawJSON: string;
}

/**
 * Whether a value is what `JSON.rawJSON` returns. `JSON.parse` never makes an object without a
 * prototype, so this cannot take a received object for one. (TypeScript does not know
 * `JSON.isRawJSON` yet.)
 */
export function isRawJson(value: unknown): value is RawJson {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.getPrototypeOf(value) === null &&
		Object.isFrozen(value) &&
		'rawJSON' in value &&
		typeof value.rawJSON === 'string'
	);
}
