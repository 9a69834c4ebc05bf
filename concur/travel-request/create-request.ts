import type { ConcurClient } from '../client';
import type { JsonObject } from '../json';
import type { RequestItem } from './list-requests';
import { readRequest } from './read-request';
import { travelRequestBase } from './request-path';
import { refuseId } from './write-checks';
import type { WriteOptions } from './write-options';

/**
 * Creates a draft, Travel Request v4, "Create a new Request". `userId` is the owner. A POST is never
 * repeated blindly, so that no request is created twice.
 * @throws what {@link ConcurClient.request} throws; {@link ConfigurationError} `INVALID_PARAMETER`
 * for a body with an id.
 */
export async function createRequest(
	client: ConcurClient,
	request: JsonObject,
	options: WriteOptions = {},
): Promise<RequestItem> {
	refuseId(request, 'request');
	const answer = await client.request({
		method: 'POST',
		path: `${travelRequestBase}/requests`,
		query: { userId: options.userId },
		json: request,
		signal: options.signal,
	});
	return readRequest(answer);
}
