import { z } from 'zod';
import { timeMemory } from '../../concur/server-time/time-memory';

const second = z.number().int().nonnegative();

/**
 * How far a watch of travel requests has come, as JSON. All times are whole seconds of Concur's
 * clock.
 */
export const requestState = z.object({
	/** The watch began here: what was modified before is never told. */
	start: second,
	/** Every second from `start` to here has been listed at least once. */
	until: z.number().int(),
	/** Parts of it that will be listed once more, since records may still turn up in them. */
	young: z.array(z.tuple([second, second])),
	/** See {@link Memory}. */
	memory: z.array(z.string()),
	/** What lies before is unknown: it was never seen, or is forgotten. */
	horizon: second,
	/** What time it was judged to be; states of versions that believed one `Date` have none. */
	time: timeMemory.optional(),
});

export type RequestState = z.infer<typeof requestState>;

/** A watch that begins at a second of Concur's clock. */
export function beginAt(start: number): RequestState {
	return { start, until: start - 1, young: [], memory: [], horizon: start };
}
