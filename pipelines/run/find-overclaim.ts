import type { RunRecord } from '../sinks/sink';
import { toRunEntry } from './run-entry';

/** In milliseconds: a machine's clock may be off by so much without anybody being at fault. */
const SKEW_MS = 90_000;

/**
 * When the earliest run began that vouched for a time which had not come yet by the clock of its own
 * machine, in seconds since 1970; undefined where none did. A watermark lies half a minute before a
 * run's lists, so one after the run's end tells that the `Date` it was taken from was ahead. Where
 * one did that, longer runs before it may have hidden it: they count from what lies after their begin.
 */
export function findOverclaim(runs: readonly RunRecord[]): number | undefined {
	const claims = runs.map(toRunEntry).flatMap(({ command, watermark, startedAt, finishedAt }) => {
		if (command !== 'run' || watermark === undefined) return [];
		const [mark, start, end] = [watermark, startedAt, finishedAt].map((time) => Date.parse(time));
		return [{ mark: mark ?? 0, start: start ?? 0, end: end ?? 0 }];
	});
	if (!claims.some(({ mark, end }) => mark > end + SKEW_MS)) return undefined;
	const starts = claims
		.filter(({ mark, start }) => mark > start + SKEW_MS)
		.map(({ start }) => start);
	return Math.floor(Math.min(...starts) / 1000);
}
