import type { ConcurClient } from '../client';
import { parsedForm, type ConnectionRequest } from './connection-request';
import { drainPages } from './drain-pages';
import type { ListConnectionRequestsQuery, ReadConnectionOptions } from './read-connections';

/**
 * All connection requests that wait, page by page, each once. Update none of them before the last
 * page is read (see {@link listConnectionRequests}); {@link readAllConnectionRequests} makes that
 * easy. Where others update them meanwhile, none is skipped, unless request tokens are included:
 * then pages do not overlap. Works with each queue Concur has had: numbers as offsets, ids as
 * offsets, and the lease of 2022/23, which had no NextPage and kept what it had shown for 24 hours.
 * @throws what {@link listConnectionRequests} throws; {@link UnexpectedBodyError} where the pages turn
 * in a circle.
 */
export function drainConnectionRequests(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'> = {},
	options: ReadConnectionOptions = {},
): AsyncGenerator<ConnectionRequest[], void, undefined> {
	return drainPages(client, query, options, parsedForm);
}

/**
 * All connection requests that wait, read to the last page, so that they may be updated at once.
 * @throws what {@link drainConnectionRequests} throws.
 */
export async function readAllConnectionRequests(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'> = {},
	options: ReadConnectionOptions = {},
): Promise<ConnectionRequest[]> {
	const all: ConnectionRequest[] = [];
	for await (const page of drainConnectionRequests(client, query, options)) all.push(...page);
	return all;
}
