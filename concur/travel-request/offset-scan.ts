import type { RequestItem, RequestPage } from './list-requests';

/** Records by which a page overlaps the one before. */
const OVERLAP = 5;

/** How many times in a row to go back and find nothing new: a server may contradict itself. */
const MOST_RETURNS = 4;

/**
 * Decides where each page of a list begins that may change between two calls. A page begins a few
 * records before the end of the one before: where its first record is unknown, more records than
 * these have left the list in front of it, and others moved up unseen; then the scan goes back until
 * it meets one that is connected: reached from the beginning without such a gap.
 */
export class OffsetScan {
	/** Where the next page begins. */
	start = 0;
	isDone = false;
	private readonly seen = new Set<string>();
	private readonly connected = new Set<string>();
	private overlap = 0;
	private step = 0;
	private isReturning = false;
	/** Up to here, pages with nothing new are expected: they were read before. */
	private healingTo = -1;
	private returnsLeft = MOST_RETURNS;

	/** A scan by pages of at most so many records. */
	constructor(private rows: number) {}

	/** Takes the page that begins at `start`, moves on, and returns the records not seen before. */
	take(page: RequestPage): RequestItem[] {
		const isAnchored = this.isAnchored(page);
		const fresh = page.items.filter(({ id }) => !this.seen.has(id) && this.seen.add(id));
		if (fresh.length > 0) this.returnsLeft = MOST_RETURNS;
		if (!isAnchored && (this.isReturning || this.returnsLeft > 0)) this.goBack();
		else this.goOn(page, fresh.length);
		return fresh;
	}

	private isAnchored({ items: [first] }: RequestPage): boolean {
		if (this.start === 0 || this.overlap === 0) return true;
		return first !== undefined && this.connected.has(first.id);
	}

	private goBack(): void {
		if (!this.isReturning) this.returnsLeft--;
		this.healingTo = Math.max(this.healingTo, this.start);
		this.isReturning = true;
		this.start = Math.max(0, this.start - this.step);
	}

	private goOn(page: RequestPage, freshCount: number): void {
		const { length } = page.items;
		this.isReturning = false;
		for (const { id } of page.items) this.connected.add(id);
		// Nothing new where something must be: a server that ignores `start`, or has no more.
		const isStuck = length === 0 || (freshCount === 0 && this.start > this.healingTo);
		if (isStuck || !this.mayGoOn(page)) {
			this.isDone = true;
			return;
		}
		// Concur may serve shorter pages than it is asked for.
		this.rows = length;
		this.overlap = Math.min(OVERLAP, Math.floor(length / 2));
		this.step = length - this.overlap;
		this.start += this.step;
	}

	/**
	 * A page that is full counts as if more followed, whatever its links say, and a page may carry
	 * only the links `first` and `last` (TMC guide).
	 */
	private mayGoOn({ items, hasNext, lastStart }: RequestPage): boolean {
		return hasNext || items.length >= this.rows || (lastStart ?? 0) >= this.start + items.length;
	}
}
