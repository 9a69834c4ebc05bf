import type { ConcurClient } from '../client';
import { UnexpectedBodyError } from '../errors';
import {
	readConnectionPage,
	type ConnectionForm,
	type ListConnectionRequestsQuery,
	type ReadConnectionOptions,
} from './read-connections';

const PAGE_ITEMS = 10;

/** All pages of the queue, in any form; see `drainConnectionRequests`. */
export async function* drainPages<T>(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'>,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): AsyncGenerator<T[], void, undefined> {
	const { idOf } = form;
	const seen = new Set<string>();
	const offsets = new Set<string>();
	let place: { offset?: string; limit: number } = { limit: query.limit ?? PAGE_ITEMS };
	let held: T[] = [];
	for (;;) {
		const { items, next } = await readConnectionPage(client, { ...query, ...place }, options, form);
		if (held.length > 0) yield freshest(held, items, idOf);
		const fresh = items.filter((item) => !seen.has(idOf(item)) && seen.add(idOf(item)));
		if (next === undefined) {
			// A full page and no NextPage ever: the whole queue, or a lease. To ask again tells, and
			// makes new request tokens where it is the former, so the page waits for them.
			if (offsets.size === 0 && fresh.length >= place.limit) {
				held = fresh;
				continue;
			}
			if (fresh.length > 0) yield fresh;
			return;
		}
		held = [];
		if (fresh.length > 0) yield fresh;
		if (items.length === 0) return;
		if (offsets.has(next.offset)) throw circle();
		offsets.add(next.offset);
		place = { offset: next.offset, limit: next.limit ?? place.limit };
	}
}

/** The held page, its records replaced by newer readings of them. */
function freshest<T>(held: T[], again: T[], idOf: (item: T) => string): T[] {
	const newer = new Map(again.map((item) => [idOf(item), item]));
	return held.map((item) => newer.get(idOf(item)) ?? item);
}

function circle(): UnexpectedBodyError {
	return new UnexpectedBodyError(
		'CONCUR_UNEXPECTED_BODY',
		'The pages of connection requests turn in a circle: Concur names an offset again.',
		{
			advice: 'Answer the requests that were read, then read again; tell SAP support if it stays.',
		},
	);
}
