import { splitWindow } from '../windows/split-window';
import type { Window } from '../windows/window';
import { isOneSecond, listOnceMore, listWindow, type OpenWindow } from './list-window';
import { settleMissing } from './missing-record';
import { readDenseWindow } from './read-dense-window';
import { readRecords, type ReadContext, type ReadRecords } from './read-records';
import type { DeadLetter } from '../sinks/sink';

export interface ExtractContext extends ReadContext {
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
	| { readonly kind: 'split'; readonly parts: readonly Window[] }
);

/**
 * Lists one window and reads its records, or says how to split it.
 *
 * @param listed an open one ends at the server's present.
 * @throws what the client throws when the list itself cannot be had.
 */
export async function extractWindow(
	context: ExtractContext,
	listed: Window | OpenWindow,
): Promise<WindowResult> {
	const { client, partition, signal } = context;
	const listing = await listWindow(client, partition, listed, signal);
	const listedAt = Math.floor(listing.sentAt / 1000);
	const { from } = listed;
	const end = Math.min(listed.to ?? Infinity, listedAt - context.settleLag);
	const window = { from, to: Math.max(from, end) };
	if (!listing.overflow) {
		context.letters.noteListed(listing.items);
		const wanted = listing.items.map((item) => ({ item, window }));
		const read = await settleMissing(context, await readRecords(context, wanted), () =>
			listOnceMore(context, listed),
		);
		return { kind: 'read', end, listedAt, ...read };
	}
	if (end < from) return { kind: 'read', end, listedAt, records: [], deadLetters: [] };
	if (!isOneSecond(window))
		return { kind: 'split', end, listedAt, parts: splitWindow(window, listing.rows) };
	const deadLetters = await readDensely(context, window);
	return { kind: 'read', end, listedAt, records: [], deadLetters };
}

/** Emits a window that cannot be split page by page, so that its size does not matter. */
async function readDensely(context: ExtractContext, window: Window): Promise<DeadLetter[]> {
	const { client, partition, signal } = context;
	const dead: DeadLetter[] = [];
	for await (const items of readDenseWindow(client, partition, window, signal)) {
		context.letters.noteListed(items);
		const wanted = items.map((item) => ({ item, window }));
		const { records, deadLetters } = await settleMissing(
			context,
			await readRecords(context, wanted),
			() => readDenseWindow(client, partition, window, signal),
		);
		dead.push(...deadLetters);
		await context.emit({ records, deadLetters: [] });
	}
	return dead;
}
