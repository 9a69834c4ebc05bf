import type { Clock } from './clock';
import { parseHttpDate } from './time';

/** Follows the server's clock by its `Date` headers; the clock of this machine does not matter. */
export interface ServerTime {
	/**
	 * Takes in an answer's `Date` and returns a lower bound, in server milliseconds since 1970, of
	 * the moment its request was sent. `sentMs` is the monotonic time of sending.
	 */
	observe(date: string | undefined, sentMs: number): number;
	/** A lower bound of the server's time now, or undefined before the first answer. */
	now(): number | undefined;
}

export function createServerTime(clock: Clock): ServerTime {
	// Server milliseconds minus monotonic milliseconds: a lower bound, since Date is cut to the
	// second and was written before it arrived.
	let offset: number | undefined;

	return {
		observe(date, sentMs) {
			const arrivedMs = clock.monotonicMs();
			const server = date === undefined ? undefined : parseHttpDate(date);
			if (server === undefined) {
				return Math.floor((offset ?? clock.epochMs() - arrivedMs) + sentMs);
			}
			offset = server - arrivedMs;
			// Date was written after sending and at most the whole elapsed time later.
			return Math.floor(server - (arrivedMs - sentMs));
		},
		now: () => (offset === undefined ? undefined : Math.floor(offset + clock.monotonicMs())),
	};
}
