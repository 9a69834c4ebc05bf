import type { RequestItem } from '../../concur/travel-request/list-requests';
import { latestSecond, secondOf } from '../extract/server-clock';
import type { ListContext } from '../lists/list-page';
import { listWindow } from '../lists/list-window';
import { planWindow } from '../lists/plan-window';
import type { Split } from '../lists/split';
import { walkWindowList } from '../lists/walk-list';
import type { OpenWindow } from '../lists/window-query';
import type { Window } from '../windows/window';
import { readDetails } from './read-details';

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
	readonly warn: (message: string) => void;
}

/**
 * Lists a window, the oldest seconds first, cut until one call returns a part as a whole; an open
 * one up to the server's present less the settle lag. May be left after any piece: what follows is
 * unread then, and nothing before it.
 *
 * Where some clock says that a window is past and no second sign supports it, the records that it
 * lists are asked when they were modified.
 */
export async function* walkWindow(
	context: WalkContext,
	whole: Window | OpenWindow,
): AsyncGenerator<Piece, void, undefined> {
	interface Ahead {
		readonly listed: Window | OpenWindow;
		readonly split?: Split;
	}
	const { client, settleLag } = context;
	const ahead: Ahead[] = [{ listed: whole }];
	for (let next = ahead.shift(); next; next = ahead.shift()) {
		const { listed, split } = next;
		const { from } = listed;
		const listing = await listWindow(context, listed);
		const judge = () => {
			const listedAt = secondOf(client, listing.sent);
			return {
				listedAt,
				window: { from, to: Math.min(listed.to ?? Infinity, listedAt - settleLag) },
			};
		};
		const possible = Math.min(listed.to ?? Infinity, latestSecond(client) - settleLag);
		const reach = { from, to: Math.max(from, possible) };
		const plan = await planWindow(context, listed, reach, listing, split);
		// Some clock says that it is past, and no second one supports that: the records may.
		if (plan.kind !== 'split' && judge().window.to < from && possible >= from)
			await readDetails(context, plan.kind === 'whole' ? plan.listing.items : listing.items);
		const { window, listedAt } = judge();
		if (plan.kind === 'whole') {
			yield { window, items: plan.listing.items, isLast: true, listedAt };
		} else if (plan.kind === 'split') {
			ahead.unshift(...plan.parts.map((part) => ({ listed: part, split: plan.split })));
		} else if (window.to < from) {
			yield { window, items: [], isLast: true, listedAt };
		} else {
			for await (const { items } of walkWindowList(context, window))
				yield { window, items, isLast: false, listedAt };
			yield { window, items: [], isLast: true, listedAt };
		}
	}
}
