import type { RequestItem, RequestPage } from '../../concur/travel-request/list-requests';

/** Records that a page shares with the one before it. */
const SHARED_ROWS = 5;

/** So many pages in a row that bring the walk no further: the list contradicts itself. */
const MOST_IDLE_PAGES = 50;

/**
 * Decides where each page of a sweep begins, and when all of the list has been seen.
 *
 * The list is sorted by requestId, which no edit changes. A page is *anchored* when its first
 * record is one that an anchored page has brought before (or it begins at 0). Anchored pages
 * therefore cover the ids in order without a gap between them: a record that is listed during all
 * of the sweep lies in one of them, however many others are deleted, made or edited meanwhile. A
 * page that is not anchored (so many have left in front of it that its beginning moved up) sends
 * the walk back until it meets one that is.
 *
 * The end is not taken from a link or from a page that is not full, since both may be wrong: it is
 * an anchored page that repeats known records only, is shorter than pages of this list can be, and
 * names no further page.
 */
export class SweepWalk {
	/** Where the next page begins. */
	start = 0;
	isDone = false;
	readonly #connected = new Set<string>();
	readonly #seen = new Set<string>();
	#isRepeated = true;
	#longest = 0;
	#step = 0;
	#idle = 0;

	/** True when the list keeps contradicting itself, so that no end can be reached. */
	get isStuck(): boolean {
		return this.#idle > MOST_IDLE_PAGES;
	}

	/** Takes the page that begins at `start`, moves on, and returns the records not seen before. */
	take(page: RequestPage, limit: number): RequestItem[] {
		const { items } = page;
		this.#longest = Math.min(limit, Math.max(this.#longest, items.length));
		const fresh = items.filter(({ id }) => !this.#seen.has(id) && this.#seen.add(id));
		const before = this.#connected.size;
		if (this.#isAnchored(items)) {
			for (const { id } of items) this.#connected.add(id);
			this.#goOn(page, this.#connected.size > before);
		} else {
			this.start = Math.max(0, this.start - this.#step);
			// Further each time: thousands may have left at once.
			this.#step *= 2;
		}
		this.#idle = this.#connected.size > before ? 0 : this.#idle + 1;
		return fresh;
	}

	#isAnchored([first]: readonly RequestItem[]): boolean {
		if (this.start === 0) return true;
		// After a single record there is nothing to share: an empty page is then the end.
		if (first === undefined) return !this.#isRepeated;
		return this.#connected.has(first.id);
	}

	#goOn(page: RequestPage, hasGrown: boolean): void {
		const { length } = page.items;
		const endsHere = !page.hasNext && (page.lastStart ?? 0) < this.start + Math.max(length, 1);
		if (endsHere && !hasGrown && (length === 0 || length < this.#longest)) {
			this.isDone = true;
			return;
		}
		const shared = Math.min(SHARED_ROWS, Math.floor(length / 2));
		this.#isRepeated = shared > 0;
		this.#step = Math.max(1, length - shared);
		this.start += this.#step;
	}
}
