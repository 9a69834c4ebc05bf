import type { ConcurClient } from '../../concur/client';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { isOneSecond, listWindow, type OpenWindow } from '../extract/list-window';
import { readDenseWindow } from '../extract/read-dense-window';
import type { Partition } from '../sinks/sink';
import { splitWindow } from '../windows/split-window';
import type { Window } from '../windows/window';

/** Requests that one window lists, or a page of them where the window is a crowded second. */
export interface Piece {
	/** Ends before it begins where all of it is too young to be vouched for. */
	readonly window: Window;
	readonly items: readonly RequestItem[];
	/** Whether all of the window has now been handed out. */
	readonly isLast: boolean;
	/** Server second of the call. */
	readonly listedAt: number;
}

export interface WalkContext {
	readonly client: ConcurClient;
	readonly partition: Partition;
	/** Seconds that must have passed before a second of modification time is taken as written. */
	readonly settleLag: number;
	readonly signal: AbortSignal;
}

/**
 * Lists a window, the oldest seconds first, cut until one call returns a part as a whole; an open
 * one up to the server's present less the settle lag. May be left after any piece: what follows is
 * unread then, and nothing before it.
 */
export async function* walkWindow(
	{ client, partition, settleLag, signal }: WalkContext,
	whole: Window | OpenWindow,
): AsyncGenerator<Piece, void, undefined> {
	const ahead: (Window | OpenWindow)[] = [whole];
	for (let next = ahead.shift(); next; next = ahead.shift()) {
		const listing = await listWindow(client, partition, next, signal);
		const listedAt = Math.floor(listing.sentAt / 1000);
		const window = { from: next.from, to: Math.min(next.to ?? Infinity, listedAt - settleLag) };
		if (!listing.overflow) {
			yield { window, items: listing.items, isLast: true, listedAt };
		} else if (window.to < window.from) {
			yield { window, items: [], isLast: true, listedAt };
		} else if (!isOneSecond(window)) {
			ahead.unshift(...splitWindow(window, listing.rows));
		} else {
			for await (const items of readDenseWindow(client, partition, window, signal))
				yield { window, items, isLast: false, listedAt };
			yield { window, items: [], isLast: true, listedAt };
		}
	}
}
