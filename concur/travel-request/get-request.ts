import type { ConcurClient } from '../client';
import { pathId } from '../paths';
import type { ReadOptions } from './read-options';
import type { RequestItem } from './list-requests';
import { readRequest } from './read-request';

/**
 * One request with its details, Travel Request v4, "Get the content of an existing Request".
 * `id` is the 32-digit uuid, not the short requestId. Without `userId` a company token acts as the
 * system user.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it
 * does not exist (any more).
 */
export async function getRequest(
	client: ConcurClient,
	id: string,
	options: ReadOptions = {},
): Promise<RequestItem> {
	const answer = await client.request({
		method: 'GET',
		path: `/travelrequest/v4/requests/${pathId(id)}`,
		query: { userId: options.userId },
		signal: options.signal,
	});
	return readRequest(answer);
}
