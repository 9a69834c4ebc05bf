import type { ConcurClient } from '../client';
import { parsedForm, type ConnectionRequest } from './connection-request';
import {
	readConnectionPage,
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
 * {@link UnexpectedBodyError} where a record has no ID or NextPage no offset.
 */
export function listConnectionRequests(
	client: ConcurClient,
	query: ListConnectionRequestsQuery = {},
	options: ReadConnectionOptions = {},
): Promise<ConnectionRequestPage> {
	return readConnectionPage(client, query, options, parsedForm);
}
