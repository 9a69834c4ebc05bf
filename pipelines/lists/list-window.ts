import { ConcurError } from '../../concur/errors';
import type { SentCall } from '../../concur/server-time/server-time';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { Window } from '../windows/window';
import { isTooLarge, listPage, type ListContext, type SizedPage } from './list-page';
import { isOneSecond, queryWindow, type OpenWindow } from './window-query';

/** All of a window. */
export interface WholeListing {
	readonly overflow: false;
	readonly items: readonly RequestItem[];
	/** Rows that are no record or have no id, as they came. */
	readonly unreadable: readonly unknown[];
	readonly sent: SentCall;
}

/** A window of which a page may not hold all. */
export interface OverflowListing {
	readonly overflow: true;
	/** The page that was had; empty where none could be read. */
	readonly items: readonly RequestItem[];
	/** How many rows the window holds, as far as Concur's hints tell. */
	readonly rows: number | undefined;
	readonly sent: SentCall;
}

export type WindowListing = WholeListing | OverflowListing;

/**
 * Lists a window by one call, so that no offset is ever used: an offset drifts while others edit.
 *
 * A page that is not full is the whole window; where a link or a count claims more, one further
 * call settles that ({@link PageHints}). `CheckWhole` says what else may be wrong with a window that
 * seems to be whole.
 *
 * @throws what the client throws, but for an answer too large to read, which is an overflow.
 */
export async function listWindow(
	context: ListContext,
	window: Window | OpenWindow,
): Promise<WindowListing> {
	const { client, partition, lists } = context;
	const query = queryWindow(partition, window);
	const sent = client.serverTime.mark();
	try {
		const page = await listPage(context, query);
		if (await hasMore(context, query, page)) return overflow(context, page);
		const { items, unreadable } = page;
		return { overflow: false, items, unreadable, sent: page.sent };
	} catch (error) {
		// A single row was too large: others of the window may not be, so it is split like a long one.
		if (!isTooLarge(error) || lists.limit.isHopeless || isOneSecond(window)) throw error;
		return { overflow: true, items: [], rows: undefined, sent };
	}
}

/**
 * What a window lists that was listed as a whole before.
 * @throws what the client throws; `CONCUR_WINDOW_UNSTABLE` where it has outgrown one call.
 */
export async function* listOnceMore(
	context: ListContext,
	window: Window | OpenWindow,
): AsyncGenerator<readonly RequestItem[], void> {
	const listing = await listWindow(context, window);
	if (!listing.overflow) yield listing.items;
	else
		throw new ConcurError(
			'CONCUR_WINDOW_UNSTABLE',
			'A window lists more requests than it did a moment ago.',
			{ advice: 'The next run lists it again.' },
		);
}

async function hasMore(
	context: ListContext,
	query: ReturnType<typeof queryWindow>,
	page: SizedPage,
): Promise<boolean> {
	const { pages, hints } = context.lists;
	if (pages.isFull(page.rows, page.limit)) return true;
	const claims = hints.claimsOf(page, 0);
	if (claims.length === 0) return false;
	if (pages.isClaimed(page.rows)) return true;
	const isMore = hasOthers(await listPage(context, { ...query, start: page.rows }), page);
	hints.settle(claims, isMore);
	if (isMore) pages.claim(page.rows);
	return isMore;
}

/** Whether a page shows records that another one does not. */
export function hasOthers(
	{ items }: { readonly items: readonly RequestItem[] },
	{ items: known }: { readonly items: readonly RequestItem[] },
): boolean {
	const ids = new Set(known.map(({ id }) => id));
	return items.some(({ id }) => !ids.has(id));
}

function overflow({ lists }: ListContext, page: SizedPage): OverflowListing {
	const { items, sent, limit } = page;
	const rows = lists.trustsEstimates ? lists.hints.estimate(page, limit) : undefined;
	return { overflow: true, items, rows, sent };
}
