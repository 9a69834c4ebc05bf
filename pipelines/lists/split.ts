import type { RequestItem } from '../../concur/travel-request/list-requests';
import { splitWindow } from '../windows/split-window';
import type { DeadLetter } from '../sinks/sink';
import type { Window } from '../windows/window';
import { filtersWork, isMostlyShared, warnOfFilters } from './filters';
import { hasOthers, type OverflowListing, type WholeListing } from './list-window';
import type { ListContext } from './list-page';

/** Pages this small are read one after the other: to split time for them costs a call a row. */
const LEAST_PAGE = 10;

/** In seconds: windows that lie closer may share records of the seconds between them. */
const LEAST_APART = 4;

/** In seconds: bounds reach a second further, so that what lies closer says nothing of filters. */
const LEAST_TELLING = 15;

/** A window that was cut into parts, for as long as its parts are being listed. */
export class Split {
	/** Set where the parts gain nothing: the reading of the whole window, which serves all of them. */
	walk: Promise<DeadLetter[]> | undefined;
	/** Whether parts that lie apart have shown the same records: the filters do not tell them apart. */
	isIdle = false;
	/** Whether a part has left out what the whole showed: the filters do something. */
	#isProven = false;
	/** Rows that the parts hold, as far as is known. */
	#counted = 0;
	readonly #listed: { readonly part: Window; readonly items: readonly RequestItem[] }[] = [];

	constructor(
		readonly window: Window,
		readonly listing: OverflowListing,
	) {}

	/** Takes in the listing of a part, and what it says of the server. */
	note({ lists }: ListContext, part: Window, listing: WholeListing | OverflowListing): void {
		const { items } = listing;
		if (!listing.overflow && hasOthers(this.listing, listing)) this.#isProven = true;
		this.isIdle ||= this.#listed.some(
			(other) => isApart(part, other.part) && isSame(items, other.items),
		);
		this.#listed.push({ part, items });
		this.#counted += (listing.overflow ? listing.rows : undefined) ?? items.length;
		const { rows } = this.listing;
		// A `last` or `totalCount` that is the same whatever is asked for.
		if (rows !== undefined && this.#counted > 2 * rows + 100) lists.trustsEstimates = false;
	}

	/**
	 * Whether a part that overflows may be one that holds all rows of the whole, so that to cut it
	 * again would gain nothing.
	 */
	isDoubtful(listing: OverflowListing): boolean {
		return !this.#isProven && !hasOthers(listing, this.listing);
	}
}

function isApart(one: Window, other: Window): boolean {
	return one.to + LEAST_APART < other.from || other.to + LEAST_APART < one.from;
}

function isSame(one: readonly RequestItem[], other: readonly RequestItem[]): boolean {
	return Math.min(one.length, other.length) > 1 && isMostlyShared(one, other);
}

/**
 * Whether a window that overflowed is to be cut into parts; else it is walked by offsets.
 *
 * Parts help where each shows fewer rows than the whole. A part whose page shows nothing but what
 * the page of the whole showed may be one that holds them all (a crowded second lies in it), or its
 * filters may be ignored, which would go on down to single seconds since 1970. While no other part
 * was seen to leave anything out, it has to prove itself ({@link filtersWork}).
 */
export async function isWorthSplitting(
	context: ListContext,
	window: Window,
	listing: OverflowListing,
	split: Split | undefined,
): Promise<boolean> {
	const seconds = window.to - window.from + 1;
	if (seconds <= 1) return false;
	if (listing.items.length === 0) return true;
	if (context.lists.pages.usual < LEAST_PAGE) return false;
	if (!split?.isDoubtful(listing)) return true;
	if (seconds < LEAST_TELLING) return false;
	if (await filtersWork(context, window)) return true;
	warnOfFilters(context.lists);
	return false;
}

/** The parts of a window, each small enough for a page if change were even over time. */
export function cut({ lists }: ListContext, window: Window, { rows }: OverflowListing): Window[] {
	return splitWindow(window, rows, Math.min(lists.limit.rows, lists.pages.usual));
}
