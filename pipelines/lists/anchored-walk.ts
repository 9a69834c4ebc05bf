import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { HintKind, PageHints } from '../../concur/travel-request/page-hints';
import type { SizedPage } from './list-page';
import type { Obstacle } from './obstacles';
import { ShownOrder } from './shown-order';

/** Records that a page shares with the one before it, to begin with. */
const SHARED_ROWS = 5;

/** So many pages in a row that bring the walk no further: the list contradicts itself. */
const MOST_IDLE_PAGES = 50;

/** So many pages in a row that begin where the list begins, wherever they were asked to. */
const MOST_SAME_BEGINNINGS = 3;

/** What a walk may take for granted. */
export interface WalkRules {
	readonly hints: PageHints;
	/** Whether records can leave the list but not come into it: it is that of a past window. */
	readonly isPast: boolean;
}

/**
 * Decides where each page of a list begins, and when all of it has been seen, while others edit and
 * delete what it shows.
 *
 * The list is sorted by requestId, which no edit changes. A page is *anchored* when its first record
 * is *connected*, that is, when an anchored page has brought it before (or it begins at 0). Let F be
 * the furthest record of that order that is connected. Then every record before F that has been
 * listed all the time is connected: an anchored page begins at or before F and shows, without a gap,
 * all that is listed from there to its own last record, which is the new F or lies before it. So
 * anchored pages cover the order without a gap, however many others were deleted, made or edited
 * meanwhile, and what was read is never read again for that. A page that is not anchored (so many
 * have left in front of it that what followed moved up behind its beginning) sends the walk back,
 * further each time, until it meets one that is; between that one and the one that was too far
 * ahead it then halves the way.
 *
 * In a past window any order will do that stays the same while nobody edits: a record that is
 * edited leaves the window. That the order does stay is not taken on trust. Two records that one
 * page has shown in one order, and a later page in the other, end the walk; in a past window so do
 * records that turn up before connected ones, and an end that lies behind more rows than were
 * seen.
 *
 * A page of one record has none to share. There the record before it is asked for once more: where
 * that one is connected, records having left in front of both or not, nothing lay between.
 *
 * The end is a page that is anchored, brings nothing new and is shorter than pages of this list can
 * be. It must show F; else, or where pages vary in length or a hint claims more, one further call at
 * its end settles it.
 */
export class AnchoredWalk {
	/** Where the next page begins. */
	start = 0;
	isDone = false;
	obstacle: Obstacle | undefined;
	readonly #shown = new ShownOrder();
	readonly #connected = new Set<string>();
	/** The first record that was shown, and the furthest one that is connected. */
	#first: string | undefined;
	#furthest: string | undefined;
	#longest = 0;
	/** How long the last page was that brought the walk further, and whether they vary in that. */
	#latest: number | undefined;
	#isUneven = false;
	/** Rows that are no record of their own. */
	#others = 0;
	#shared = SHARED_ROWS;
	/** How far the last page was a step back; 0 where it was none. */
	#back = 0;
	/** While the walk finds its way back: a place that is anchored, and one that is too far ahead. */
	#good: number | undefined;
	#ahead: number | undefined;
	/** What a page of one showed, or an empty one, until the record before it is seen once more. */
	#lone: { readonly id: string | undefined; readonly at: number } | undefined;
	/** Set while a further call settles whether the list ends. */
	#settling: { readonly hints: HintKind[]; readonly isCertain: boolean } | undefined;
	#sameBeginnings = 0;
	#idle = 0;

	constructor(private readonly rules: WalkRules) {}

	/** Takes the page that begins at `start`, moves on, and returns the records not seen before. */
	take(page: SizedPage): RequestItem[] {
		const { items } = page;
		this.#longest = Math.max(this.#longest, page.rows);
		this.#others += page.rows - new Set(items.map(({ id }) => id)).size;
		this.#first ??= items[0]?.id;
		if (this.#shown.contradicts(items) || this.#isOutOfPlace(items)) this.obstacle = 'disorder';
		const fresh = this.#shown.take(items);
		const before = this.#connected.size;
		this.#move(page);
		this.#idle = this.#connected.size > before ? 0 : this.#idle + 1;
		if (this.#idle > MOST_IDLE_PAGES) this.obstacle ??= 'contradiction';
		return fresh;
	}

	#move(page: SizedPage): void {
		const { items, rows } = page;
		if (this.#settles(page)) this.#end(this.start);
		else if (this.#ignoresStart(items)) this.#giveUpStarting(page);
		else if (!this.#isAnchored(items)) this.#goBack(page);
		else {
			const lone = this.#lone?.at === this.start + rows ? this.#lone : undefined;
			this.#lone = undefined;
			const hasGrown = this.#connect(items, lone?.id);
			const isEnd = rows < this.#longest || rows === 0 || (lone && lone.id === undefined);
			if (!hasGrown && isEnd) this.#endHere(page);
			else this.#goOn(rows, lone?.id === undefined ? 0 : 1, hasGrown);
		}
	}

	#isAnchored([first]: readonly RequestItem[]): boolean {
		return this.start === 0 || (first !== undefined && this.#connected.has(first.id));
	}

	/** Returns whether the walk has come further. */
	#connect(items: readonly RequestItem[], lone: string | undefined): boolean {
		const before = this.#connected.size;
		for (const id of [...items.map((item) => item.id), ...(lone === undefined ? [] : [lone])]) {
			if (this.#connected.has(id)) continue;
			this.#connected.add(id);
			this.#furthest = id;
		}
		return this.#connected.size > before;
	}

	#goBack({ items, rows }: SizedPage): void {
		this.#lone = rows <= 1 ? { id: items[0]?.id, at: this.start } : undefined;
		this.#ahead = this.start;
		if (this.#good !== undefined && this.#good < this.start) {
			this.start = Math.floor((this.#good + this.start) / 2);
			return;
		}
		if (this.#lone && this.#back === 0) {
			this.#back = 1;
		} else {
			// Records went faster than expected, or by thousands at once.
			this.#shared = Math.min(Math.max(1, 2 * this.#shared), Math.floor(this.#longest / 2));
			this.#back = Math.max(2 * this.#back, 2 * this.#shared, 1);
		}
		this.start = Math.max(0, this.start - this.#back);
	}

	#goOn(rows: number, known: number, hasGrown: boolean): void {
		const shared = Math.min(this.#shared, Math.floor(rows / 2));
		const next = this.start + Math.max(1, rows - shared) + known;
		const middle = this.#ahead === undefined ? 0 : Math.floor((this.start + this.#ahead) / 2);
		this.#good = hasGrown || this.#ahead === undefined ? undefined : this.start;
		if (hasGrown) {
			this.#isUneven ||= this.#latest !== undefined && this.#latest < this.#longest;
			this.#latest = rows;
			this.#ahead = undefined;
			// A rush is over some time.
			this.#shared = Math.max(SHARED_ROWS, this.#shared - 1);
		}
		this.#back = 0;
		this.start = hasGrown ? next : Math.max(next, middle);
	}

	/** A page that may be the last one. */
	#endHere(page: SizedPage): void {
		const hints = this.rules.hints.claimsOf(page, this.start);
		const showsFurthest = page.items.some(({ id }) => id === this.#furthest);
		const isCertain = page.rows === 0 || (showsFurthest && !this.#isUneven);
		this.start += page.rows;
		if (hints.length === 0 && isCertain) this.#end(this.start);
		else this.#settling = { hints, isCertain };
	}

	/** Whether this page, at the end of the one before, shows that nothing follows. */
	#settles({ items, rows }: SizedPage): boolean {
		const settling = this.#settling;
		if (!settling) return false;
		this.#settling = undefined;
		const hasMore = items.some(({ id }) => !this.#connected.has(id));
		this.rules.hints.settle(settling.hints, hasMore);
		return !hasMore && (settling.isCertain || rows === 0);
	}

	#end(rows: number): void {
		// Records that have left are connected too, so there cannot be fewer of them than rows.
		const isMissing = this.#connected.size + this.#others < rows;
		if (this.rules.isPast && isMissing) this.obstacle ??= 'rows-missing';
		this.isDone = true;
	}

	/** A page far into the list that shows its first record was not begun where it was asked to. */
	#ignoresStart([first]: readonly RequestItem[]): boolean {
		const isFar = this.start > 0 && this.start >= this.#longest / 2;
		const isSame = isFar && first !== undefined && first.id === this.#first;
		this.#sameBeginnings = isSame ? this.#sameBeginnings + 1 : 0;
		return this.#sameBeginnings >= MOST_SAME_BEGINNINGS;
	}

	/** One page is all there is to have: enough where it was not full. */
	#giveUpStarting({ rows, limit, hasNext }: SizedPage): void {
		if (rows < limit && !hasNext) this.isDone = true;
		else this.obstacle = 'start-ignored';
	}

	/** Whether a page of a past window shows connected records behind others. */
	#isOutOfPlace(items: readonly RequestItem[]): boolean {
		const first = items.findIndex(({ id }) => !this.#connected.has(id));
		const isAhead = first >= 0 && items.slice(first).some(({ id }) => this.#connected.has(id));
		return this.rules.isPast && isAhead;
	}
}
