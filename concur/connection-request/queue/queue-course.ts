import type { ConnectionPage } from '../read-connections';
import type { NextPage } from './next-page';
import { QueueScan } from './queue-scan';

/**
 * How many pages in a row may bring nothing new while each names a next one, and how often an answer
 * that is no list is asked for again.
 */
const MOST_IDLE = 5;

/** What Concur gives at once where the limit does not reach it. */
const DEFAULT_ITEMS = 5;

/** Where a page begins, and how many requests it may have. */
export interface QueuePlace {
	readonly offset?: string;
	readonly limit: number;
}

/** What follows a page. */
export type QueueStep =
	/** Another one. */
	| 'page'
	/** A look whether there are more behind a page that is full: until then it may be an older reading. */
	| 'check'
	| 'end'
	/** The end of the reading, though not of the queue: why, as what "an answer of Concur" does. */
	| { readonly openBecause: string };

/**
 * Decides whether a queue is read to its end, for everything that reads one; a wrong "yes" loses
 * requests for good, as somebody answers them before they are read again. The reasons:
 * - **A NextPage is Concur's word that there is more**, whatever the page itself holds, an empty one
 *   too. It is followed as long as it leads to requests that were not read before, within some pages:
 *   progress is new requests, not new offsets, which a server may make up for ever.
 * - **No NextPage** is the end only behind a page that has room left. A full one may have lost its
 *   NextPage on the way, or be one of the queue of 2022/23, which had none; so it is asked for again
 *   from its middle on. Where the limit is lost, five are full.
 * - **An answer that is no list** (no 200, no Items, an empty body) is no empty queue: it is asked for
 *   again. What cannot be read of a page (an item without an ID, a NextPage without an offset) keeps
 *   nothing from being read that can be, and the queue from being read to its end.
 */
export class QueueCourse {
	readonly #scan: QueueScan;
	#place: QueuePlace;
	#isLinked: boolean;
	#idle = 0;
	#openBecause: string | undefined;

	/** @param overlaps whether pages may begin with a request that has been shown. */
	constructor(begin: { readonly offset?: string | undefined; limit: number }, overlaps: boolean) {
		const { offset, limit } = begin;
		this.#scan = new QueueScan(offset, overlaps);
		this.#place = { limit, ...(offset !== undefined && { offset }) };
		this.#isLinked = offset !== undefined;
	}

	/** The page to ask for. */
	get place(): QueuePlace {
		return this.#place;
	}

	/** Takes the page at the place. @param freshCount how many of it no page before has had. */
	follow(
		page: Pick<ConnectionPage<unknown>, 'next' | 'shownCount' | 'fault'>,
		ids: readonly string[],
		freshCount: number,
	): QueueStep {
		const { next, shownCount, fault } = page;
		this.#isLinked ||= next !== undefined;
		if (fault !== undefined && shownCount === 0)
			return ++this.#idle < MOST_IDLE ? 'page' : { openBecause: fault };
		this.#openBecause ??= fault;
		const news = this.#scan.take(ids, freshCount, next !== undefined);
		if (news === 'gap') {
			const { limit } = this.#place;
			return this.#goTo(this.#scan.goBack(limit), limit);
		}
		this.#idle = news === 'something new' ? 0 : this.#idle + 1;
		if (this.#scan.mayHaveSkipped)
			this.#openBecause ??= 'left a gap between two pages, in which some may wait';
		// That is odd enough to be one wrong answer.
		if (next !== undefined && shownCount === 0 && this.#idle === 1) return 'page';
		if (next !== undefined) return this.#goOn(next, shownCount);
		const isFull = freshCount > 0 && this.#isFull(shownCount) && fault === undefined;
		const middle = isFull ? this.#scan.goToMiddle(shownCount) : undefined;
		if (middle === undefined) return this.#end();
		this.#goTo(middle, this.#place.limit);
		return 'check';
	}

	#goOn(next: NextPage, shownCount: number): QueueStep {
		if (this.#idle >= MOST_IDLE) {
			this.#openBecause ??= `names a next page again and again, and the last ${MOST_IDLE} had nothing new`;
			return this.#end();
		}
		const offset = this.#scan.goOn(next.offset, shownCount);
		return this.#goTo(offset, next.limit ?? this.#place.limit);
	}

	#goTo(offset: string, limit: number): QueueStep {
		this.#place = { offset, limit };
		return 'page';
	}

	#isFull(shownCount: number): boolean {
		const { limit } = this.#place;
		return shownCount >= limit || (!this.#isLinked && shownCount === DEFAULT_ITEMS);
	}

	#end(): QueueStep {
		return this.#openBecause === undefined ? 'end' : { openBecause: this.#openBecause };
	}
}
