import { splitWindow } from '../windows/split-window';
import type { DeadLetter } from '../sinks/sink';
import type { Window } from '../windows/window';
import { filtersWork, warnOfFilters } from './filters';
import { hasOthers, type OverflowListing, type WholeListing } from './list-window';
import type { ListContext } from './list-page';

/** Pages this small are read one after the other: to split time for them costs a call a row. */
const LEAST_PAGE = 10;

/** In seconds: bounds reach a second further, so that what lies closer says nothing of filters. */
const LEAST_TELLING = 15;

/** A window that was cut into parts, for as long as its parts are being listed. */
export class Split {
	/** Rows that the parts hold, as far as is known. */
	#counted = 0;
	/** Set where the parts gain nothing: the reading of the whole window, which serves all of them. */
	walk: Promise<DeadLetter[]> | undefined;

	constructor(
		readonly window: Window,
		readonly listing: OverflowListing,
	) {}

	/** Takes in the listing of a part, and what it says of the server. */
	note({ lists }: ListContext, part: Window, listing: WholeListing | OverflowListing): void {
		if (!listing.overflow && hasOthers(this.listing, listing))
			lists.filtersProvenAt = Math.min(lists.filtersProvenAt, part.to - part.from + 1);
		this.#counted += (listing.overflow ? listing.rows : undefined) ?? listing.items.length;
		const { rows } = this.listing;
		// A `last` or `totalCount` that is the same whatever is asked for.
		if (rows !== undefined && this.#counted > 2 * rows + 100) lists.trustsEstimates = false;
	}
}

/**
 * Whether a window that overflowed is to be cut into parts; else it is walked by offsets.
 *
 * Parts help where each shows fewer rows than the whole. A part whose page shows nothing but what
 * the page of the whole showed may be one that holds them all (a crowded second lies in it), or its
 * filters may be ignored, which would go on down to single seconds since 1970. While no part of that
 * length was seen to leave anything out, it has to prove itself ({@link filtersWork}).
 */
export async function isWorthSplitting(
	context: ListContext,
	window: Window,
	listing: OverflowListing,
	split: Split | undefined,
): Promise<boolean> {
	const { lists } = context;
	const seconds = window.to - window.from + 1;
	if (seconds <= 1) return false;
	if (listing.items.length === 0) return true;
	if (splittablePage(context) < LEAST_PAGE) return false;
	if (!split || seconds >= lists.filtersProvenAt || hasOthers(listing, split.listing)) return true;
	if (seconds < LEAST_TELLING) return false;
	if (await filtersWork(context, window)) return true;
	warnOfFilters(lists);
	return false;
}

/** The parts of a window, each small enough for a page if change were even over time. */
export function cut(context: ListContext, window: Window, { rows }: OverflowListing): Window[] {
	return splitWindow(window, rows, splittablePage(context));
}

function splittablePage({ lists }: ListContext): number {
	return Math.min(lists.limit.rows, lists.pages.usual);
}
