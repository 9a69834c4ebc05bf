import type { Window } from '../windows/window';
import { checkWhole } from './check-whole';
import { areMostlyOutside, warnOfFilters } from './filters';
import type { OverflowListing, WholeListing, WindowListing } from './list-window';
import type { ListContext } from './list-page';
import { cut, isWorthSplitting, Split } from './split';
import type { OpenWindow } from './window-query';

/** How a window that was listed is read: as listed, in parts, or row by row by offsets. */
export type WindowPlan =
	| { readonly kind: 'whole'; readonly listing: WholeListing }
	| { readonly kind: 'split'; readonly split: Split; readonly parts: readonly Window[] }
	| { readonly kind: 'walk' };

/**
 * Decides whether a window is whole as it was listed, and how to get at the rest where it is not.
 *
 * @param window the part of `listed` that lies far enough in the past to be vouched for.
 * @param split the cutting that the window is a part of.
 * @throws what the client throws; {@link UnstableWindowError} where the listing contradicts itself.
 */
export async function planWindow(
	context: ListContext,
	listed: Window | OpenWindow,
	window: Window,
	listing: WindowListing,
	split: Split | undefined,
): Promise<WindowPlan> {
	const { lists } = context;
	split?.note(context, window, listing);
	if (split?.isIdle) warnOfFilters(lists);
	const isFiltered = !areMostlyOutside(listed, listing.items);
	if (!isFiltered) warnOfFilters(lists);
	if (split?.isIdle && isFiltered) return { kind: 'walk' };
	if (!listing.overflow) {
		const whole = await lookTwice(context, listed, listing);
		if (whole) return { kind: 'whole', listing: whole };
	}
	const page: OverflowListing = {
		...{ overflow: true, items: listing.items, sent: listing.sent },
		rows: listing.overflow ? listing.rows : undefined,
	};
	if (!isFiltered || !(await isWorthSplitting(context, window, page, split)))
		return { kind: 'walk' };
	return { kind: 'split', split: new Split(window, page), parts: cut(context, window, page) };
}

async function lookTwice(
	context: ListContext,
	listed: Window | OpenWindow,
	listing: WholeListing,
): Promise<WholeListing | undefined> {
	const { pages, budget } = context.lists;
	const isSuspect = pages.isSuspect(listing.items.length, listed.from === 0);
	const whole = isSuspect ? await checkWhole(context, listed, listing) : listing;
	if (whole) budget.find(whole.items);
	return whole;
}
