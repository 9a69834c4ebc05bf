import { OVERLAP_SECONDS } from './lags';
import type { ClosedWindow } from './window';

/** What is known of how coverage came about, in seconds since 1970. */
export interface Provenance {
	/** What is believed to be the present. */
	readonly now: number;
	/** When a run began that claimed more than its own clock allows; undefined where none did. */
	readonly suspectSince: number | undefined;
}

/**
 * Where coverage of an earlier version goes too far; Infinity where it is sound.
 *
 * Those versions believed the `Date` of a single answer. Where that was ahead, they closed seconds
 * that had not come yet, and all that was changed in them since then is missing. It shows by windows
 * that lie in the future, and by runs whose watermark was later than their end. From the begin of
 * the earliest such run everything is listed again; where the ledger knows of none, the whole window.
 */
export function findOverreach(
	windows: readonly ClosedWindow[],
	{ now, suspectSince }: Provenance,
): number {
	if (suspectSince !== undefined) return Math.max(0, suspectSince - OVERLAP_SECONDS);
	const ahead = windows.find(({ to, listedAt }) => Math.max(to, listedAt - OVERLAP_SECONDS) > now);
	return ahead?.from ?? Infinity;
}
