import type { ConcurClient } from '../client';
import { requestPath } from './request-path';
import { checkDeleted } from './write-checks';
import type { WriteOptions } from './write-options';

/**
 * Deletes a request, Travel Request v4, "Delete an existing Request".
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it did
 * not exist, except after a lost answer, when that means that it is done.
 */
export async function deleteRequest(
	client: ConcurClient,
	id: string,
	options: WriteOptions = {},
): Promise<void> {
	const answer = await client.request({
		method: 'DELETE',
		path: requestPath(id),
		query: { userId: options.userId },
		signal: options.signal,
	});
	checkDeleted(answer, 'the request');
}
