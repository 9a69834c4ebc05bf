import type { RequestItem, RequestPage } from './list-requests';
import { PageHints } from './page-hints';

/** Records by which a page overlaps the one before. */
const OVERLAP = 5;

/** How many times in a row to go back and find nothing new: a server may contradict itself. */
const MOST_RETURNS = 3;

/** So many pages in a row that bring nothing, though each says that others follow. */
const MOST_IDLE_PAGES = 3;

/** A first page of so many records that is not full may be all that a server gives a page. */
const WORTH_A_LOOK = 10;

/**
 * Decides where each page of a list begins that may change between two calls. A page begins a few
 * records before the end of the one before: where its first record is unknown, more records than
 * these have left the list in front of it, and others moved up unseen; then the scan goes back until
 * it meets one that is connected: reached from the beginning without such a gap.
 *
 * A first page that is not full is looked behind, since a server may give 25 rows and no more. A
 * page that brings nothing ends the list, and with it what `last` or a count claimed. Where it
 * names a next one, that is asked for, a few times in a row. The scan says at its end whether it is
 * sure of it ({@link isOpen}).
 */
export class OffsetScan {
	/** Where the next page begins. */
	start = 0;
	isDone = false;
	/** Set where the end was not reached, as far as the pages say. */
	isOpen = false;
	private readonly seen = new Set<string>();
	private readonly connected = new Set<string>();
	private readonly hints = new PageHints();
	private overlap = 0;
	private step = 0;
	private isReturning = false;
	/** Up to here, pages with nothing new are expected: they were read before. */
	private healingTo = -1;
	private returnsLeft = MOST_RETURNS;
	private idle = 0;

	/** A scan by pages of at most so many records. */
	constructor(private rows: number) {}

	/** Takes the page that begins at `start`, moves on, and returns the records not seen before. */
	take(page: RequestPage): RequestItem[] {
		const isAnchored = this.isAnchored(page);
		const fresh = page.items.filter(({ id }) => !this.seen.has(id) && this.seen.add(id));
		if (page.unreadable.length > 0) this.isOpen = true;
		if (fresh.length > 0) this.returnsLeft = MOST_RETURNS;
		if (!isAnchored && (this.isReturning || this.returnsLeft > 0)) {
			this.goBack();
			return fresh;
		}
		// What should lie in front of it was not found again.
		if (!isAnchored) this.isOpen = true;
		this.isReturning = false;
		for (const { id } of page.items) this.connected.add(id);
		const isExpected = page.rows > 0 && (fresh.length > 0 || this.start <= this.healingTo);
		if (isExpected) this.goOn(page);
		else this.seekOn(page);
		return fresh;
	}

	private isAnchored({ items: [first] }: RequestPage): boolean {
		if (this.start === 0 || this.overlap === 0 || this.idle > 0) return true;
		return first !== undefined && this.connected.has(first.id);
	}

	private goBack(): void {
		if (!this.isReturning) this.returnsLeft--;
		this.healingTo = Math.max(this.healingTo, this.start);
		this.isReturning = true;
		this.start = Math.max(0, this.start - this.step);
	}

	private goOn(page: RequestPage): void {
		// A page that is full counts as if more followed, whatever its links say.
		const isFull = page.rows >= this.rows;
		const isFirst = this.start === 0 && page.rows >= WORTH_A_LOOK;
		this.isDone = !isFull && !isFirst && this.hints.claimsOf(page, this.start).length === 0;
		this.idle = 0;
		// Concur may serve shorter pages than it is asked for.
		this.rows = page.rows;
		this.overlap = Math.min(OVERLAP, Math.floor(this.rows / 2));
		this.step = this.rows - this.overlap;
		this.start += this.step;
	}

	/** Nothing new where something must be: a server that ignores `start`, skips, or has no more. */
	private seekOn({ rows, hasNext }: RequestPage): void {
		this.hints.settle(['last', 'totalCount'], false);
		const isSameAgain = rows > 0 && rows >= this.rows;
		const isLeftOpen = isSameAgain || (hasNext && ++this.idle >= MOST_IDLE_PAGES);
		if (isLeftOpen) this.isOpen = true;
		this.isDone = isLeftOpen || !hasNext;
		this.start += Math.max(1, this.rows);
	}
}
