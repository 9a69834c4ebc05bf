import { unexpected } from '../answers';
import type { ConcurClient } from '../client';
import { parsedForm, type ConnectionRequest } from './connection-request';
import {
	readConnectionPage,
	type ConnectionForm,
	type ConnectionPage,
	type ListConnectionRequestsQuery,
	type ReadConnectionOptions,
} from './read-connections';

export type ConnectionRequestPage = ConnectionPage<ConnectionRequest>;

/**
 * One page of the queue, Connection Requests, `GET /connectionrequests`. It looks without taking, but
 * makes new request tokens. Update no request before the last page is read: an update takes it out of
 * the queue, the rest moves up, and the next offset skips some.
 * @throws what {@link ConcurClient.request} throws; a ConfigurationError `INVALID_PARAMETER`;
 * UnexpectedBodyError where nothing of the page can be read.
 */
export function listConnectionRequests(
	client: ConcurClient,
	query: ListConnectionRequestsQuery = {},
	options: ReadConnectionOptions = {},
): Promise<ConnectionRequestPage> {
	return listFrom(client, query, options, parsedForm);
}

/** The same, in any form. */
export async function listFrom<T>(
	client: ConcurClient,
	query: ListConnectionRequestsQuery,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): Promise<ConnectionPage<T>> {
	const page = await readConnectionPage(client, query, options, form);
	if (page.fault === undefined || page.items.length > 0) return page;
	throw unexpected(page, page.fault);
}
