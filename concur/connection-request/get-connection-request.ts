import type { ConcurClient } from '../client';
import { parsedForm, type ConnectionRequest } from './connection-request';
import { readConnection, type ReadConnectionOptions } from './read-connections';

/**
 * One connection request, Connection Requests, `GET /connectionrequests/{id}`. The page means it for
 * tests: suppliers work from the list. It makes a new request token.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it is
 * not in the queue (any more).
 */
export function getConnectionRequest(
	client: ConcurClient,
	id: string,
	options: ReadConnectionOptions = {},
): Promise<ConnectionRequest> {
	return readConnection(client, id, options, parsedForm);
}
