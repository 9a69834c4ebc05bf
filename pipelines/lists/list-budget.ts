import { ConcurError } from '../../concur/errors';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { DistinctCount } from './distinct-count';

/** The lists of Concur were asked for again and again and brought next to nothing. */
export class ListRunawayError extends ConcurError {}

/** Before the first rows are found: the widest split of all time, down to one crowded second. */
const FIRST_CALLS = 500;

/**
 * A window is split only where a page of it was full, so there are rows to pay for it. The most that
 * a row costs is where a page holds one: a call to read it, one to see that nothing lies before it,
 * and what comes on top where others edit meanwhile.
 */
const CALLS_A_ROW = 3;

/** A window that holds little is listed once, its claims settled, and perhaps listed in halves. */
const CALLS_A_WINDOW = 4;

/**
 * Ends a run whose list calls the rows that it found cannot explain: whatever it is in a server
 * that makes windows be split without end, it stops here instead of after days.
 */
export class ListBudget {
	#calls = 0;
	readonly #rows = new DistinctCount();
	#windows = 0;

	/** Notes windows that have to be listed whatever is in them. */
	plan(windows: number): void {
		this.#windows += windows;
	}

	/** Notes rows that were read; the same ones count once. */
	find(items: readonly RequestItem[]): void {
		for (const { id } of items) this.#rows.add(id);
	}

	/** Notes a call. @throws {ListRunawayError} */
	spend(): void {
		const most = FIRST_CALLS + CALLS_A_WINDOW * this.#windows + CALLS_A_ROW * this.#rows.value;
		if (++this.#calls > most) throw this.#runaway();
	}

	#runaway(): ListRunawayError {
		return new ListRunawayError(
			'CONCUR_LIST_RUNAWAY',
			`After ${this.#calls - 1} list calls only ${this.#rows.value} requests were found: Concur, or a gateway before it, does not answer lists as it should, and no end is in sight.`,
			{
				advice:
					'List some requests by hand with modifiedAfter, modifiedBefore, start and limit, see which of them has no effect, and tell SAP support or whoever runs the gateway. What was read is stored.',
			},
		);
	}
}
