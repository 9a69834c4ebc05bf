import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { Window } from '../windows/window';
import { isMostlyShared, warnOfFilters } from './filters';
import { hasOthers, type WholeListing } from './list-window';
import { listPage, type ListContext } from './list-page';
import { UnstableWindowError } from './obstacles';
import { queryWindow, type OpenWindow } from './window-query';

/** Calls that the search for a place to cut the window at may cost. */
const MOST_SEARCHES = 6;

/** Windows shorter than that, in seconds, have no two halves that bounds keep apart. */
const LEAST_SECONDS = 8;

/**
 * Looks again at a window that seems to be whole: a server may give 25 rows and no more, whatever is
 * asked and without a word; may ignore the filters; or list at random.
 *
 * The window is listed once more in two parts, cut where each shows some of its rows. All three
 * answers are of one past, so that rows can only leave it: a row of a part that the whole did not
 * show was there, and was kept back. What a row could do meanwhile (be edited, or turn up late) is
 * told apart by listing the whole once more before anything is said.
 *
 * @returns the listing to go by, or undefined where the page was cut short.
 * @throws what the client throws; {@link UnstableWindowError} where rows come and go.
 */
export async function checkWhole(
	context: ListContext,
	window: Window | OpenWindow,
	listing: WholeListing,
	isAgain = false,
): Promise<WholeListing | undefined> {
	const { lists } = context;
	const { items } = listing;
	const parts = await listParts(context, window, listing);
	const seen = new Map(parts.flat().map((item) => [item.id, item]));
	const isMore = hasOthers({ items: [...seen.values()] }, listing);
	const isLess = hasOthers(listing, { items: [...seen.values()] });
	if (!isMore && !isLess) {
		lists.pages.prove(items.length);
		return listing;
	}
	const again = await listPage(context, queryWindow(context.partition, window));
	const shown = { items: [...items, ...again.items] };
	if (isOther(items, again.items)) throw unsteady(context);
	if (isMore && hasOthers({ items: [...seen.values()] }, shown)) {
		lists.pages.cut(items.length);
		warnOfCutPages(context, items.length);
		return undefined;
	}
	// Some came late, or were edited between two calls.
	const all = new Map(shown.items.map((item) => [item.id, item]));
	const both: WholeListing = { ...listing, items: [...all.values()] };
	const ids = new Set(again.items.map(({ id }) => id));
	if (items.every(({ id }) => !ids.has(id) || seen.has(id))) return both;
	// An edit can move one from the older part to the newer one just when neither is listed; not twice.
	if (isAgain) throw unsteady(context);
	return checkWhole(context, window, both, true);
}

/** The rows of two parts that are the whole window, the older one first, where such can be found. */
async function listParts(
	context: ListContext,
	window: Window | OpenWindow,
	{ items }: WholeListing,
): Promise<readonly (readonly RequestItem[])[]> {
	const { client, lists, partition } = context;
	const list = async (part: Window | OpenWindow): Promise<readonly RequestItem[]> =>
		(await listPage(context, queryWindow(partition, part))).items;
	// For reckoning where to cut; nothing is closed by it.
	const now = Math.floor(client.serverTime.latest() / 1000);
	let low = window.from;
	let high = Math.min(window.to ?? now, now);
	for (let search = 0; search < MOST_SEARCHES && high - low >= LEAST_SECONDS; search++) {
		const middle = middleOf(low, high, now);
		const newer = await list({ from: middle + 1, to: window.to });
		const hasNew = hasOthers({ items: newer }, { items });
		if (newer.length === 0) high = middle;
		else if (newer.length >= items.length && !hasNew) low = middle + 1;
		else {
			const older = await list({ from: window.from, to: middle });
			// A few may have been modified in the very second of the cut.
			if (older.length > 2 && isMostlyShared(older, newer)) warnOfFilters(lists);
			return [older, newer];
		}
	}
	// All of it lies together, or wherever one looks: the place behind the last row tells.
	const before = low - LEAST_SECONDS;
	const older = before > window.from ? await list({ from: window.from, to: before }) : [];
	if (older.length > 0 && !hasOthers({ items: older }, { items })) warnOfFilters(lists);
	const query = { ...queryWindow(partition, window), start: items.length };
	return [items, older, (await listPage(context, query)).items];
}

/**
 * The middle of a span by its age: change is denser the nearer it is, and most of the time since
 * 1970 holds nothing.
 */
function middleOf(low: number, high: number, now: number): number {
	const age = Math.sqrt((now - low + 1) * (now - high + 1));
	const middle = Math.floor(now + 1 - age);
	return Math.min(high - 1, Math.max(low, middle));
}

function warnOfCutPages({ lists }: ListContext, rows: number): void {
	lists.warn({
		code: 'CONCUR_PAGES_CUT',
		message: `Concur's lists end after ${rows} requests where more follow, without a word; this run reads them in smaller parts.`,
		advice:
			'Runs before this one may have missed some: run `reconcile`, or `reset` and run again. Look for a gateway that shortens lists, or tell SAP support.',
	});
}

/** Whether two listings of one window differ by more than some edits between them. */
function isOther(before: readonly RequestItem[], after: readonly RequestItem[]): boolean {
	const known = new Set(before.map(({ id }) => id));
	const still = after.filter(({ id }) => known.has(id)).length;
	const gone = before.length - still;
	const come = after.length - still;
	return Math.min(gone, come) > Math.max(1, before.length / 10);
}

function unsteady({ lists }: ListContext): UnstableWindowError {
	lists.pages.distrust();
	return new UnstableWindowError(
		'CONCUR_WINDOW_UNSTABLE',
		'Concur lists other requests each time for one and the same span of time, so what the span holds is not known.',
		{
			advice:
				'Tell SAP support, or look for a gateway that changes lists. Once it is steady, run again and then `reconcile`: other spans may lack some, too.',
		},
	);
}
