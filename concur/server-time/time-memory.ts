import { z } from 'zod';
import type { Clock } from '../clock';

const milliseconds = z.number().finite();

/** What was believed at one moment, and what the clocks showed then: for a later judgement. */
export const timeMemory = z.object({
	/** Server milliseconds since 1970 that had certainly come. */
	believed: milliseconds,
	/** What this machine's clock said. */
	local: milliseconds,
	/** What the `Date` headers said, where there were any. */
	date: milliseconds.optional(),
	/** By how much the `Date` headers were behind for sure. */
	dateLag: milliseconds.nonnegative().optional(),
	/** The monotonic clock; worth something only to who has the same one. */
	monotonic: milliseconds,
	origin: milliseconds.optional(),
});

export type TimeMemory = z.infer<typeof timeMemory>;

/**
 * How much later it is at least than at the remembered moment. The monotonic clock knows, within one
 * process. Otherwise so much has passed as both the `Date`s and the local clock say: a single one
 * may have jumped.
 */
export function elapsedSince(
	memory: TimeMemory,
	now: { readonly local: number; readonly date: number | undefined },
	clock: Clock,
): number {
	const isSame = memory.origin !== undefined && memory.origin === clock.originMs?.();
	const measured = isSame ? clock.monotonicMs() - memory.monotonic : 0;
	const agreed =
		memory.date === undefined || now.date === undefined
			? 0
			: Math.min(now.date - memory.date, now.local - memory.local);
	return Math.max(0, measured, agreed);
}
