import type { RequestItem } from '../../concur/travel-request/list-requests';
import { areMostlyOutside, warnOfFilters } from '../lists/filters';
import type { ListContext } from '../lists/list-page';
import { listOnceMore, listWindow } from '../lists/list-window';
import { planWindow } from '../lists/plan-window';
import type { Split } from '../lists/split';
import { itemsOf, walkWindowList, type ListedPage } from '../lists/walk-list';
import type { OpenWindow } from '../lists/window-query';
import type { DeadLetter } from '../sinks/sink';
import { cellOf } from '../tables/table';
import type { Window } from '../windows/window';
import { settleMissing } from './missing-record';
import { buryUnreadable, readRecords, type ReadContext, type ReadRecords } from './read-records';

/** So many records of one window do not lag behind their list all at once. */
const LEAST_TELLING = 5;

export interface ExtractContext extends ReadContext, ListContext {
	/** Seconds that must have passed before a second of modification time is taken as written. */
	readonly settleLag: number;
	/** Takes records before all is read: they are stored without closing a window. */
	readonly emit: (read: ReadRecords) => Promise<void>;
}

/**
 * What became of a window. `end` is the last second that the listing vouches for: younger ones may
 * still be written to. It lies before the window where all of the window is that young.
 */
export type WindowResult = { readonly end: number; readonly listedAt: number } & (
	| ({ readonly kind: 'read' } & ReadRecords)
	| { readonly kind: 'split'; readonly split: Split; readonly parts: readonly Window[] }
);

/**
 * Lists one window and reads its records, or says how to split it.
 *
 * @param listed an open one ends at the server's present.
 * @param split the cutting that it is a part of.
 * @throws what the client throws when the list itself cannot be had.
 */
export async function extractWindow(
	context: ExtractContext,
	listed: Window | OpenWindow,
	split?: Split,
): Promise<WindowResult> {
	if (split?.walk && listed.to !== undefined) return walkFor(context, listed, split);
	const listing = await listWindow(context, listed);
	const listedAt = Math.floor(listing.sentAt / 1000);
	const { from } = listed;
	const end = Math.min(listed.to ?? Infinity, listedAt - context.settleLag);
	const window = { from, to: Math.max(from, end) };
	const plan = await planWindow(context, listed, window, listing, split);
	if (plan.kind === 'whole') {
		const read = await readListed(context, plan.listing, window, () =>
			listOnceMore(context, listed),
		);
		noteTimes(context, listed, read);
		return { kind: 'read', end, listedAt, ...read };
	}
	if (end < from) return { kind: 'read', end, listedAt, records: [], deadLetters: [] };
	if (plan.kind === 'split') return { ...plan, end, listedAt };
	if (split && (split.isIdle || window.to > from)) return walkFor(context, window, split);
	const deadLetters = await readByWalking(context, window);
	return { kind: 'read', end, listedAt, records: [], deadLetters };
}

/**
 * List items are thin; only details say when a record was modified. One edited since it was listed is
 * younger than its window, so the older ones tell, where they are more than a server that lags.
 */
function noteTimes(
	{ lists }: ExtractContext,
	{ from }: Window | OpenWindow,
	{ records }: ReadRecords,
): void {
	const times = records.map(({ rows: [root] }) => ({
		lastModified: root && cellOf(root, 'last_modified'),
	}));
	if (times.length >= LEAST_TELLING && areMostlyOutside({ from, to: undefined }, times))
		warnOfFilters(lists);
}

/** Where a window's parts gain nothing, it is walked as a whole, once for all its parts. */
async function walkFor(
	context: ExtractContext,
	{ to }: Window,
	split: Split,
): Promise<WindowResult> {
	split.walk ??= readByWalking(context, split.window);
	const deadLetters = await split.walk;
	const listedAt = Math.floor(split.listing.sentAt / 1000);
	return { kind: 'read', end: to, listedAt, records: [], deadLetters };
}

/** Emits a window page by page, so that its size does not matter. */
async function readByWalking(context: ExtractContext, window: Window): Promise<DeadLetter[]> {
	const dead: DeadLetter[] = [];
	for await (const page of walkWindowList(context, window)) {
		const { records, deadLetters } = await readListed(context, page, window, () =>
			itemsOf(walkWindowList(context, window)),
		);
		dead.push(...deadLetters);
		await context.emit({ records, deadLetters: [] });
	}
	return dead;
}

/** Reads what a list has shown. */
async function readListed(
	context: ExtractContext,
	{ items, unreadable }: ListedPage,
	window: Window,
	listAgain: () => AsyncIterable<readonly RequestItem[]>,
): Promise<ReadRecords> {
	context.letters.noteListed(items);
	const wanted = items.map((item) => ({ item, window }));
	const read = await settleMissing(context, await readRecords(context, wanted), listAgain);
	const none = buryUnreadable(context, unreadable, window);
	return { ...read, deadLetters: [...read.deadLetters, ...none] };
}
