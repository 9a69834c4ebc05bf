/** How many times in a row to go back and find nothing new: a server may contradict itself. */
const MOST_RETURNS = 4;

/**
 * Decides where each page of a queue begins whose offsets are places in it. A request that is answered
 * leaves the queue, those behind it move up, and the next offset skips as many. So a page begins with
 * the last request of the one before; where it begins with one that is not connected (reached from the
 * front without a gap), some have moved up unseen, and the scan goes back until it meets one that is.
 */
export class QueueScan {
	readonly #connected = new Set<string>();
	/** Where the page begins; 0 also where that cannot be told, offsets being opaque. */
	#start = 0;
	#returnsLeft = MOST_RETURNS;
	#isReturning = false;

	/** Takes a page, and says whether it has to be followed by one that begins further in front. */
	hasGap(ids: readonly string[], freshCount: number): boolean {
		if (freshCount > 0) this.#returnsLeft = MOST_RETURNS;
		const [first] = ids;
		const isAnchored = this.#start === 0 || (first !== undefined && this.#connected.has(first));
		if (!isAnchored && (this.#isReturning || this.#returnsLeft > 0)) {
			if (!this.#isReturning) this.#returnsLeft--;
			this.#isReturning = true;
			return true;
		}
		this.#isReturning = false;
		for (const id of ids) this.#connected.add(id);
		return false;
	}

	/** The offset of a page of so many requests further in front. */
	goBack(limit: number): string {
		this.#start = Math.max(0, this.#start - Math.max(1, limit - 1));
		return String(this.#start);
	}

	/** The offset to ask for instead of the one that Concur names behind a page of so many requests. */
	goOn(offset: string, length: number): string {
		const end = Number(offset);
		// A page of one request cannot overlap.
		const isPlace = /^\d{1,9}$/.test(offset) && end > this.#start + 1 && length > 1;
		this.#start = isPlace ? end - 1 : 0;
		return isPlace ? String(this.#start) : offset;
	}
}
