/** What is taken of a NextPage address: never its host, which does not take our tokens. */
export interface NextPage {
	/** Opaque. */
	readonly offset: string;
	readonly limit?: number;
}

/**
 * Reads NextPage: undefined on the last page, where it is null, missing or empty; `unreadable` where
 * there is one that does not say where the next page begins.
 */
export function parseNextPage(value: unknown): NextPage | 'unreadable' | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') return 'unreadable';
	const address = value.trim();
	if (address === '') return undefined;
	const offset = parameterOf(address, 'offset');
	if (offset === undefined) return 'unreadable';
	const limit = Number(parameterOf(address, 'limit'));
	return { offset, ...(Number.isInteger(limit) && limit >= 1 && limit <= 10 && { limit }) };
}

/** Found by its name alone: the rest of the address may be malformed, or hold `&amp;`. */
function parameterOf(address: string, name: string): string | undefined {
	const text = new RegExp(`[?&;]${name}=([^&#]+)`, 'i').exec(address)?.[1];
	if (text === undefined) return undefined;
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}
