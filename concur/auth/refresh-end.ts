import type { ClientWarning } from '../http/client-warnings';

const DAY_MS = 86_400_000;
const SOON_MS = 14 * DAY_MS;

/** Smaller than any time since 2001 in seconds: such a figure can only be a length. */
const LONGEST_LENGTH = 1_000_000_000;
/** Larger than any time until 5138 in seconds: such a figure can only be milliseconds. */
const LARGEST_SECONDS = 100_000_000_000;

export const REFRESH_TOKEN_ENDS = 'REFRESH_TOKEN_ENDS';

/**
 * When a refresh token ends, in milliseconds since 1970, by `refresh_expires_in`. Concur writes
 * seconds since 1970 there; other services write a length in seconds, and a gateway may be one.
 */
export function readRefreshEnd(claim: number | undefined, nowMs: number): number | undefined {
	if (claim === undefined) return undefined;
	if (claim < LONGEST_LENGTH) return nowMs + claim * 1000;
	return claim > LARGEST_SECONDS ? claim : claim * 1000;
}

/**
 * The warning about a token that ends within two weeks. An end that has passed is not believed: it
 * comes with a token that the very same answer gives out as good.
 */
export function warnOfRefreshEnd(
	endMs: number | undefined,
	nowMs: number,
): ClientWarning | undefined {
	if (endMs === undefined || endMs <= nowMs || endMs > nowMs + SOON_MS) return undefined;
	const day = new Date(endMs).toISOString().slice(0, 10);
	return {
		code: REFRESH_TOKEN_ENDS,
		message: `The refresh token ends on ${day}; from then on nothing can be read.`,
		advice:
			'Connect the app again in Concur (or run the original grant again) and configure the new token before then.',
	};
}
