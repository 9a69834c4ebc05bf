import { ConfigurationError } from './errors';

export type QueryValue = string | number | boolean | undefined;

/** Whether a text can be an id in a path: nothing that could leave the segment (`../x`, `a/b`). */
export function isPathId(id: string): boolean {
	return /^[^/\\?#%\s\p{C}]{1,200}$/u.test(id) && !/^\.+$/.test(id);
}

/**
 * An id as one path segment.
 * @throws {ConfigurationError} `INVALID_ID` for text that {@link isPathId} refuses.
 */
export function pathId(id: string): string {
	if (!isPathId(id)) {
		throw new ConfigurationError('INVALID_ID', 'An id holds characters that no Concur id has.', {
			advice: 'Give the id as Concur shows it, for example 224AF3CDCC2A5244A37C72FA5770C6F2.',
		});
	}
	return encodeURIComponent(id);
}

/** The absolute address of a path on a checked origin; undefined query values are left out. */
export function buildUrl(
	origin: string,
	path: string,
	query: Readonly<Record<string, QueryValue>> = {},
): string {
	const url = new URL(origin);
	url.pathname = path;
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined) url.searchParams.set(name, String(value));
	}
	return url.href;
}
