import type { ConcurError } from '../../concur/errors';
import type { DeadLetter, ExtractedRecord } from '../sinks/sink';
import type { Window } from '../windows/window';

/**
 * The dead letters of one partition during a run: those of earlier runs, and those of this one. A
 * letter goes when its record is read or found to be deleted, and for no other reason.
 */
export class DeadLetters {
	/** Of earlier runs, while their records are not read. */
	readonly #earlier: Map<string, DeadLetter>;
	readonly #ofThisRun = new Map<string, DeadLetter>();

	/** @param skipAfter runs that try to read a record before it is let go; undefined: all of them. */
	constructor(
		stored: readonly DeadLetter[],
		private readonly skipAfter: number | undefined,
	) {
		this.#earlier = new Map(stored.map((letter) => [letter.recordId, letter]));
	}

	/** What to try before anything else. What was let go waits until it changes in Concur. */
	get pending(): DeadLetter[] {
		return [...this.#earlier.values()].filter(isPending);
	}

	has(recordId: string): boolean {
		return this.#earlier.has(recordId) || this.#ofThisRun.has(recordId);
	}

	/** The letter of a record that has failed in this run already: it is not asked for again. */
	repeat(recordId: string, window: Window): DeadLetter | undefined {
		const letter = this.#ofThisRun.get(recordId);
		return letter && { ...letter, window };
	}

	/** Notes that this run could not read a record. */
	bury(recordId: string, window: Window, error: ConcurError, failedAt: string): DeadLetter {
		const attempts = (this.#earlier.get(recordId)?.attempts ?? 0) + 1;
		const isSkipped = this.skipAfter !== undefined && attempts >= this.skipAfter;
		const letter: DeadLetter = {
			recordId,
			window,
			code: error.code,
			message: error.message,
			...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
			failedAt,
			attempts,
			...(isSkipped ? { skippedAt: failedAt } : {}),
		};
		this.#ofThisRun.set(recordId, letter);
		return letter;
	}

	/** Takes off the letters of records that Concur has answered for, and returns whose they were. */
	resolve(records: readonly ExtractedRecord[]): string[] {
		return records.flatMap(({ id }) => {
			const isResolved = this.has(id);
			this.#earlier.delete(id);
			this.#ofThisRun.delete(id);
			return isResolved ? [id] : [];
		});
	}
}

/** Whether the next run tries the record again, and its window stays open for it. */
export function isPending({ skippedAt }: DeadLetter): boolean {
	return skippedAt === undefined;
}
