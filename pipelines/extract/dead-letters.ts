import type { ConcurError } from '../../concur/errors';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { DeadLetter } from '../sinks/sink';
import type { Window } from '../windows/window';
import type { MissingRecord } from './read-records';

/**
 * The dead letters of one partition during a run: those of earlier runs, and those of this one. A
 * letter goes when its record is read or found to be deleted, and for no other reason.
 */
export class DeadLetters {
	/** Of earlier runs, while their records are not read. */
	readonly #earlier: Map<string, DeadLetter>;
	readonly #ofThisRun = new Map<string, DeadLetter>();
	/** Of earlier runs, those whose records Concur says it does not have: what lists them decides. */
	readonly #suspects = new Map<string, MissingRecord>();

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
		this.#suspects.delete(recordId);
		return letter;
	}

	/** Notes a record of an earlier letter that Concur says it does not have. */
	suspect(missing: MissingRecord): void {
		this.#suspects.set(missing.item.id, missing);
	}

	/** What a list shows is not gone: it is read again, or found missing again, by whoever listed it. */
	noteListed(items: readonly RequestItem[]): void {
		if (this.#suspects.size === 0) return;
		for (const { id } of items) this.#suspects.delete(id);
	}

	/** Hands out the suspects that no list of this run has shown, and forgets them. */
	takeSuspects(): MissingRecord[] {
		const suspects = [...this.#suspects.values()];
		this.#suspects.clear();
		return suspects;
	}

	get hasSuspects(): boolean {
		return this.#suspects.size > 0;
	}

	/** Takes off the letters of records that Concur has answered for, and returns whose they were. */
	resolve(ids: readonly string[]): string[] {
		return ids.flatMap((id) => {
			const isResolved = this.has(id);
			this.#earlier.delete(id);
			this.#ofThisRun.delete(id);
			this.#suspects.delete(id);
			return isResolved ? [id] : [];
		});
	}
}

/** Whether the next run tries the record again, and its window stays open for it. */
export function isPending({ skippedAt }: DeadLetter): boolean {
	return skippedAt === undefined;
}
