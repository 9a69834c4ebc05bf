import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { ListContext } from '../lists/list-page';
import { listWindow } from '../lists/list-window';
import { planWindow } from '../lists/plan-window';
import type { Split } from '../lists/split';
import { walkWindowList } from '../lists/walk-list';
import type { OpenWindow } from '../lists/window-query';
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

export interface WalkContext extends ListContext {
	/** Seconds that must have passed before a second of modification time is taken as written. */
	readonly settleLag: number;
}

/**
 * Lists a window, the oldest seconds first, cut until one call returns a part as a whole; an open
 * one up to the server's present less the settle lag. May be left after any piece: what follows is
 * unread then, and nothing before it.
 */
export async function* walkWindow(
	context: WalkContext,
	whole: Window | OpenWindow,
): AsyncGenerator<Piece, void, undefined> {
	interface Ahead {
		readonly listed: Window | OpenWindow;
		readonly split?: Split;
	}
	const ahead: Ahead[] = [{ listed: whole }];
	for (let next = ahead.shift(); next; next = ahead.shift()) {
		const { listed, split } = next;
		const listing = await listWindow(context, listed);
		const listedAt = Math.floor(listing.sentAt / 1000);
		const { from } = listed;
		const to = Math.min(listed.to ?? Infinity, listedAt - context.settleLag);
		const window = { from, to };
		const past = { from, to: Math.max(from, to) };
		const plan = await planWindow(context, listed, past, listing, split);
		if (plan.kind === 'whole') {
			yield { window, items: plan.listing.items, isLast: true, listedAt };
		} else if (to < from) {
			yield { window, items: [], isLast: true, listedAt };
		} else if (plan.kind === 'split') {
			ahead.unshift(...plan.parts.map((part) => ({ listed: part, split: plan.split })));
		} else {
			for await (const { items } of walkWindowList(context, window))
				yield { window, items, isLast: false, listedAt };
			yield { window, items: [], isLast: true, listedAt };
		}
	}
}
