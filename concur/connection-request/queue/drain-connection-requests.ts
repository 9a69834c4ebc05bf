import type { ConcurClient } from '../../client';
import { parsedForm, type ConnectionRequest } from '../connection-request';
import type { ListConnectionRequestsQuery, ReadConnectionOptions } from '../read-connections';
import { drainPages, drainQueue, type DrainedPage, type DrainOptions } from './drain-pages';

/**
 * All connection requests that wait, page by page, each once. Update none of them before the last
 * page is read (see `listConnectionRequests`); {@link readAllConnectionRequests} makes that
 * easy. Where others update them meanwhile, none is skipped, unless request tokens are included:
 * then pages do not overlap. Works with each queue Concur has had: numbers as offsets, ids as
 * offsets, and the lease of 2022/23, which had no NextPage and kept what it had shown for 24 hours.
 * @throws what `listConnectionRequests` throws; an IncompleteQueueError, after everything that could
 * be read, where that is not the whole queue.
 */
export function drainConnectionRequests(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'> = {},
	options: DrainOptions = {},
): AsyncGenerator<ConnectionRequest[], void, undefined> {
	return drainPages(client, query, options, parsedForm);
}

/** The same from a place in the queue on, with what the pages tell about it; throws the same. */
export function drainConnectionQueue(
	client: ConcurClient,
	query: ListConnectionRequestsQuery = {},
	options: DrainOptions = {},
): AsyncGenerator<DrainedPage<ConnectionRequest>, void, undefined> {
	return drainQueue(client, query, options, parsedForm);
}

/**
 * All connection requests that wait, read to the last page, so that they may be updated at once.
 * @throws what {@link drainConnectionRequests} throws: that keeps what was read before a failure.
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
