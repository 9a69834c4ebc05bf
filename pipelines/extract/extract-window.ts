import type { SentCall } from '../../concur/server-time/server-time';
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
import { closeWindow, restOf } from '../windows/close-window';
import type { Window } from '../windows/window';
import { settleMissing } from './missing-record';
import { buryUnreadable, readRecords, type ReadContext, type ReadRecords } from './read-records';
import { latestSecond, MOST_SKEW_SECONDS, secondOf } from './server-clock';

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
 * still be written to. It lies before the window where all of the window is that young, or where too
 * few signs say that it is past.
 */
export type WindowResult = { readonly end: number; readonly listedAt: number } & (
	| ({ readonly kind: 'read' } & ReadRecords)
	| { readonly kind: 'split'; readonly split: Split; readonly parts: readonly Window[] }
);

/**
 * Lists one window and reads its records, or says how to split it.
 *
 * How late it was when the window was listed is judged after its records have been read: their
 * modification times are evidence.
 *
 * @param listed an open one lists all that there is, and is closed up to the server's present.
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
	const { from } = listed;
	const judge = (): Judged => judgeEnd(context, listed.to, listing.sent);
	const latest = latestSecond(context.client);
	const window = closeWindow(listed, judge().end, latest);
	const plan = await planWindow(context, listed, window, listing, split);
	if (plan.kind === 'whole') {
		const read = await readListed(context, plan.listing, window, () =>
			listOnceMore(context, listed),
		);
		noteTimes(context, listed, read);
		return { kind: 'read', ...judge(), ...read };
	}
	const { end } = judge();
	// What was changed within the last moments comes and goes: the next run lists it.
	const isAgreed = latest - end <= context.settleLag + MOST_SKEW_SECONDS;
	if (isAgreed && end < from) return { kind: 'read', ...judge(), records: [], deadLetters: [] };
	if (plan.kind === 'split') {
		const rest = isAgreed ? [] : restOf(listed, window);
		return { ...plan, ...judge(), parts: [...plan.parts, ...rest] };
	}
	if (split && (split.isIdle || window.to > from)) return walkFor(context, window, split);
	const deadLetters = await readByWalking(context, window);
	// Records may have told meanwhile that it is later; further than `window` nothing was read.
	const walked = judgeEnd(context, window.to, listing.sent);
	return { kind: 'read', ...walked, records: [], deadLetters };
}

type Judged = Pick<WindowResult, 'end' | 'listedAt'>;

/** How far a listing vouches for a window, as far as is known now. */
function judgeEnd(
	{ client, settleLag }: ExtractContext,
	to: number | undefined,
	sent: SentCall,
): Judged {
	const listedAt = secondOf(client, sent);
	return { listedAt, end: Math.min(to ?? Infinity, listedAt - settleLag) };
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
	return {
		kind: 'read',
		...judgeEnd(context, to, split.listing.sent),
		records: [],
		deadLetters,
	};
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
