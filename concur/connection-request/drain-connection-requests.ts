import type { ConcurClient } from '../client';
import { UnexpectedBodyError } from '../errors';
import type { ConnectionRequest, ReadTokenOptions } from './connection-request';
import {
	listConnectionRequests,
	type ListConnectionRequestsQuery,
} from './list-connection-requests';
import type { ConnectionOptions } from './versions';

const PAGE_ITEMS = 10;

/**
 * All connection requests that wait, page by page, each once. Update none of them before the last
 * page is read (see {@link listConnectionRequests}); {@link readAllConnectionRequests} makes that
 * easy. Works with each queue Concur has had: numbers as offsets, ids as offsets, and the lease of
 * 2022/23, which had no NextPage and kept what it had shown for 24 hours.
 * @throws what {@link listConnectionRequests} throws; {@link UnexpectedBodyError} where the pages turn
 * in a circle.
 */
export async function* drainConnectionRequests(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'> = {},
	options: ConnectionOptions & ReadTokenOptions = {},
): AsyncGenerator<ConnectionRequest[], void, undefined> {
	const seen = new Set<string>();
	const offsets = new Set<string>();
	let place: { offset?: string; limit: number } = { limit: query.limit ?? PAGE_ITEMS };
	let held: ConnectionRequest[] = [];
	for (;;) {
		const { items, next } = await listConnectionRequests(client, { ...query, ...place }, options);
		if (held.length > 0) yield freshest(held, items);
		const fresh = items.filter(({ id }) => !seen.has(id) && seen.add(id));
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

/**
 * All connection requests that wait, read to the last page, so that they may be updated at once.
 * @throws what {@link drainConnectionRequests} throws.
 */
export async function readAllConnectionRequests(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'> = {},
	options: ConnectionOptions & ReadTokenOptions = {},
): Promise<ConnectionRequest[]> {
	const all: ConnectionRequest[] = [];
	for await (const page of drainConnectionRequests(client, query, options)) all.push(...page);
	return all;
}

/** The held page, its records replaced by newer readings of them. */
function freshest(held: ConnectionRequest[], again: ConnectionRequest[]): ConnectionRequest[] {
	const newer = new Map(again.map((item) => [item.id, item]));
	return held.map((item) => newer.get(item.id) ?? item);
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
