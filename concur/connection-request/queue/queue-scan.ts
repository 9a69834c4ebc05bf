/** How many times in a row to go back and find nothing new: a server may contradict itself. */
const MOST_RETURNS = 4;

/** What a page is to the pages before it. */
export type PageNews =
	/** Some before it may not have been seen: to be followed by one that begins further in front. */
	| 'gap'
	/** All in it has been read. */
	| 'nothing new'
	| 'something new';

/**
 * Decides where each page of a queue begins whose offsets are places in it. A request that is answered
 * leaves the queue, those behind it move up, and the next offset skips as many. So a page begins with
 * the last request of the one before; where it begins with one that is not connected (reached from the
 * front without a gap), some have moved up unseen, and the scan goes back until it meets one that is.
 */
export class QueueScan {
	readonly #connected = new Set<string>();
	/** Where the page begins; undefined where that cannot be told, offsets being opaque. */
	#start: number | undefined;
	#returnsLeft = MOST_RETURNS;
	#isReturning = false;
	#hasPassedEmpty = false;
	#mayHaveSkipped = false;

	/** @param overlaps whether pages may begin with a request that has been shown. */
	constructor(
		offset: string | undefined,
		private readonly overlaps: boolean,
	) {
		this.#start = offset === undefined ? 0 : toPlace(offset);
	}

	/** Whether what was found could not be connected with what lies before it. */
	get mayHaveSkipped(): boolean {
		return this.#mayHaveSkipped;
	}

	/** Takes a page. @param isLinked whether it names a next one, which tells more than its being empty. */
	take(ids: readonly string[], freshCount: number, isLinked: boolean): PageNews {
		if (freshCount > 0) this.#returnsLeft = MOST_RETURNS;
		this.#mayHaveSkipped ||= this.#hasPassedEmpty && freshCount > 0;
		const isPassed = ids.length === 0 && isLinked;
		if (!isPassed && !this.#isAnchored(ids[0])) {
			if (this.#isReturning || this.#returnsLeft > 0) {
				if (!this.#isReturning) this.#returnsLeft--;
				this.#isReturning = true;
				return 'gap';
			}
			this.#mayHaveSkipped = true;
		}
		// Where it comes back to an empty page, there is nothing to connect with.
		if (isPassed && this.#isReturning) this.#returnsLeft = 0;
		this.#isReturning = false;
		const before = this.#connected.size;
		for (const id of ids) this.#connected.add(id);
		return freshCount > 0 || this.#connected.size > before ? 'something new' : 'nothing new';
	}

	#isAnchored(first: string | undefined): boolean {
		if (!this.overlaps || this.#start === undefined || this.#start === 0) return true;
		return first !== undefined && this.#connected.has(first);
	}

	/** The offset of a page of so many requests further in front, but not behind all that is known. */
	goBack(limit: number): string {
		const further = (this.#start ?? 0) - Math.max(1, limit - 1);
		this.#start = Math.max(0, Math.min(further, this.#connected.size - 1));
		return String(this.#start);
	}

	/** The offset to ask for instead of the one that Concur names behind a page of so many requests. */
	goOn(offset: string, length: number): string {
		const start = this.#start ?? 0;
		const named = toPlace(offset);
		if (named === undefined || this.#start === undefined || length === 0) {
			this.#hasPassedEmpty ||= length === 0 && !this.overlaps && (named ?? 0) > start;
			this.#start = named;
			return offset;
		}
		// What is named beyond the end of the page would skip some.
		const end = Math.min(named, start + length);
		// A page of one request cannot overlap.
		const overlaps = this.overlaps && length > 1 && end > start + 1;
		this.#start = overlaps ? end - 1 : this.overlaps && length === 1 ? undefined : end;
		return String(overlaps ? end - 1 : end);
	}

	/** The offset of the middle of a page of so many requests; undefined where places are not known. */
	goToMiddle(length: number): string | undefined {
		if (this.#start === undefined) return undefined;
		this.#start += Math.floor(length / 2);
		return String(this.#start);
	}
}

function toPlace(offset: string): number | undefined {
	return /^\d{1,9}$/.test(offset) ? Number(offset) : undefined;
}
