import type { JsonObject } from '../json';
import { mix } from '../random';
import type { State } from '../state';

/** Where a page lies in its list. */
export interface PagePlace {
	view: string;
	start: number;
	/** The limit asked for, which the links repeat. */
	limit: number;
	/** The rows a page really holds. */
	served: number;
	total: number;
}

/**
 * The links of a list. As documented they carry only view, limit and start: userId and the filters
 * are missing, and their host is not always the one that was called.
 */
export function listLinks(state: State, place: PagePlace): JsonObject[] {
	const { quirks } = state;
	const { start, served, total, limit } = place;
	const single = start === 0 && total <= served;
	if (quirks.listLinks === 'none') return [];
	if (single && quirks.noLinksOnSinglePage && !quirks.nextAfterExactlyFullPage) return [];
	const last = total === 0 ? 0 : Math.floor((total - 1) / served) * served;
	const after = start + served;
	const exactlyFull = after === total && quirks.nextAfterExactlyFullPage;
	const hasNext = (after < total && !quirks.dropNext) || exactlyFull;
	const link = (rel: string, at: number): JsonObject => ({
		rel,
		href: `${linkHost(state, rel, at)}/travelrequest/v4/requests?view=${place.view}&limit=${limit}&start=${at}`,
	});
	const all = quirks.listLinks === 'all';
	return [
		...(all && hasNext ? [link('next', after)] : []),
		link('first', 0),
		...(all && start > 0 ? [link('prev', Math.max(0, start - served))] : []),
		link('last', last),
	];
}

function linkHost(state: State, rel: string, at: number): string {
	const { hosts } = state.world;
	const foreign = state.quirks.foreignLinks && mix(rel.length, at) % 4 === 0;
	return foreign ? hosts.trap : hosts.home;
}
