import type { Partition } from '../sinks/sink';
import type { Window } from '../windows/window';

/** Concur's largest page (Travel Request v4, list: "Maximum limit: 100"). */
export const PAGE_LIMIT = 100;

/** A window with an open end asks for everything modified since `from`. */
export interface OpenWindow {
	readonly from: number;
	readonly to: undefined;
}

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

export function isOneSecond(window: Window | OpenWindow): boolean {
	return window.to !== undefined && window.to <= window.from;
}
