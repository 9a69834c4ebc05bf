import { parseTimestamp } from '../../concur/time';
import type { JsonObject } from '../../concur/json';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { Window } from '../windows/window';
import type { ListContext } from './list-page';
import { listPage } from './list-page';
import type { ListKnowledge } from './list-knowledge';
import { queryWindow, type OpenWindow } from './window-query';

/** In seconds: Concur's bounds may reach that much further, and its clocks differ a little. */
const TOLERANCE = 2;

/**
 * Whether the filters by modification time tell apart the two ends of a window. They do not where a
 * server or a gateway drops them, or takes the day of them only: then one record is listed at both
 * ends, which it cannot be, having one modification time.
 */
export async function filtersWork(context: ListContext, window: Window): Promise<boolean> {
	const third = Math.floor((window.to - window.from + 1) / 3);
	const list = async (from: number, to: number): Promise<readonly RequestItem[]> =>
		(await listPage(context, queryWindow(context.partition, { from, to }))).items;
	const oldest = await list(window.from, window.from + third - 1);
	const newest = await list(window.to - third + 1, window.to);
	return !isMostlyShared(oldest, newest);
}

/** Whether two lists show, for the most part, the same records. */
export function isMostlyShared(
	one: readonly RequestItem[],
	other: readonly RequestItem[],
): boolean {
	const ids = new Set(one.map(({ id }) => id));
	const shared = other.filter(({ id }) => ids.has(id)).length;
	return shared > Math.min(one.length, other.length) / 2;
}

/** Whether most of what a window listed says of itself that it was modified at another time. */
export function areMostlyOutside(
	{ from, to }: Window | OpenWindow,
	items: readonly JsonObject[],
): boolean {
	const outside = items.filter(({ lastModified }) => {
		const at = typeof lastModified === 'string' ? parseTimestamp(lastModified) : undefined;
		if (at === undefined) return false;
		const second = Math.floor(at / 1000);
		return second < from - TOLERANCE || (to !== undefined && second > to + TOLERANCE);
	});
	// A single one may have changed while the list was made.
	return outside.length > items.length / 2;
}

/** Tells that time filters are ignored; what is listed is read whole all the same. */
export function warnOfFilters(lists: ListKnowledge): void {
	lists.warn({
		code: 'CONCUR_FILTERS_IGNORED',
		message:
			'Concur lists requests that were not modified in the time that was asked for, so whole lists are read instead of what has changed.',
		advice:
			'Nothing is missing for it, but every run reads everything. Look for a gateway that drops modifiedAfter or modifiedBefore, or tell SAP support.',
	});
}
