import type { ConcurClient } from '../client';
import {
	readConnectionAnswer,
	type ConnectionRequest,
	type ReadTokenOptions,
} from './connection-request';
import { connectionPath, type ConnectionOptions } from './versions';

/**
 * One connection request, Connection Requests, `GET /connectionrequests/{id}`. The page means it for
 * tests: suppliers work from the list. It makes a new request token.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it is
 * not in the queue (any more).
 */
export async function getConnectionRequest(
	client: ConcurClient,
	id: string,
	options: ConnectionOptions & ReadTokenOptions = {},
): Promise<ConnectionRequest> {
	const answer = await client.request({
		method: 'GET',
		path: connectionPath(options.version, id),
		signal: options.signal,
	});
	return readConnectionAnswer(answer, options);
}
