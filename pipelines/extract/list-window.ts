import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import {
	listRequests,
	type RequestItem,
	type RequestPage,
} from '../../concur/travel-request/list-requests';
import type { Partition } from '../sinks/sink';
import type { Window } from '../windows/window';
import type { ReadContext } from './read-records';

/** Concur's largest page (Travel Request v4, list: "Maximum limit: 100"). */
export const PAGE_LIMIT = 100;

/** A window with an open end asks for everything modified since `from`. */
export interface OpenWindow {
	readonly from: number;
	readonly to: undefined;
}

/** One list call's answer to a window. `overflow`: the page may not hold all of the window. */
export type WindowListing =
	| {
			readonly overflow: false;
			readonly items: readonly RequestItem[];
			readonly unreadable: readonly unknown[];
			readonly sentAt: number;
	  }
	| { readonly overflow: true; readonly rows: number | undefined; readonly sentAt: number };

export interface WindowQuery {
	readonly view: string;
	readonly userId?: string;
	readonly modifiedAfter?: number;
	readonly modifiedBefore?: number;
}

/**
 * What to ask so that every record of the window is in the answer.
 *
 * Whether Concur's bounds include themselves is undocumented (Travel Request v4, list), so the
 * question reaches one second further at both ends; a record found twice is stored once. A window
 * from second 0 asks without a lower bound.
 */
export function queryWindow(partition: Partition, window: Window | OpenWindow): WindowQuery {
	return {
		view: partition.view,
		...(partition.user === '' ? {} : { userId: partition.user }),
		...(window.from > 0 ? { modifiedAfter: window.from - 1 } : {}),
		...(window.to === undefined ? {} : { modifiedBefore: window.to + 1 }),
	};
}

/**
 * Lists a window by one call, so that no offset is ever used: an offset drifts while others edit.
 *
 * @throws what the client throws, but for an answer too large to read, which is an overflow.
 */
export async function listWindow(
	client: ConcurClient,
	partition: Partition,
	window: Window | OpenWindow,
	signal: AbortSignal,
): Promise<WindowListing> {
	const query = { ...queryWindow(partition, window), limit: PAGE_LIMIT };
	try {
		const page = await listRequests(client, query, { signal });
		if (mayGoOn(page, 0, PAGE_LIMIT))
			return { overflow: true, rows: estimateRows(page), sentAt: page.sentAt };
		return { overflow: false, items: page.items, unreadable: page.unreadable, sentAt: page.sentAt };
	} catch (error) {
		// Half the window has half the rows: what is too large to read is split like what is too long.
		const sentAt = client.serverNow();
		if (!isTooLarge(error) || sentAt === undefined || isOneSecond(window)) throw error;
		return { overflow: true, rows: undefined, sentAt };
	}
}

/**
 * What a window lists that was listed as a whole before.
 * @throws what the client throws; `CONCUR_WINDOW_UNSTABLE` where it has outgrown one call.
 */
export async function* listOnceMore(
	context: Pick<ReadContext, 'client' | 'partition' | 'signal'>,
	window: Window | OpenWindow,
): AsyncGenerator<readonly RequestItem[], void> {
	const listing = await listWindow(context.client, context.partition, window, context.signal);
	if (!listing.overflow) yield listing.items;
	else
		throw new ConcurError(
			'CONCUR_WINDOW_UNSTABLE',
			'A window lists more requests than it did a moment ago.',
			{ advice: 'The next run lists it again.' },
		);
}

export function isOneSecond(window: Window | OpenWindow): boolean {
	return window.to !== undefined && window.to <= window.from;
}

/**
 * Whether rows may follow. A page that is exactly full counts as if they did, whatever its links
 * say; and a page may carry only the links `first` and `last` (facts, 2.2).
 */
export function mayGoOn(page: RequestPage, start: number, limit: number): boolean {
	return page.hasNext || page.rows >= limit || (page.lastStart ?? 0) > start;
}

function estimateRows(page: RequestPage): number | undefined {
	return page.lastStart === undefined ? undefined : page.lastStart + PAGE_LIMIT;
}

export function isTooLarge(error: unknown): boolean {
	return error instanceof ConcurError && error.code === 'CONCUR_BODY_TOO_LARGE';
}
