/**
 * Whether a thrown value is an error, also one from another realm: `instanceof` misses what Node's
 * core throws when this code runs in a vm context.
 */
export function isErrorLike(value: unknown): value is Error {
	return (
		typeof value === 'object' &&
		value !== null &&
		'message' in value &&
		typeof value.message === 'string' &&
		'name' in value &&
		typeof value.name === 'string'
	);
}

/** The `code` of an error (`ENOENT`, `ECONNREFUSED`), where it has one. */
export function codeOf(error: unknown): string | undefined {
	return isErrorLike(error) && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined;
}
