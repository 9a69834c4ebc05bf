import type { ConcurClient } from '../client';
import { witnessTimes } from '../server-time/witness-times';
import type { RequestItem } from './list-requests';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { readAsked } from './read-request';
import { requestPath } from './request-path';

/**
 * One request with its details, Travel Request v4, "Get the content of an existing Request".
 * `id` is the 32-digit uuid, not the short requestId. Without `userId` a company token acts as the
 * system user.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it
 * does not exist (any more), see {@link isNotFound}; {@link UnexpectedBodyError}
 * `CONCUR_OTHER_RECORD` where the answer is another one.
 */
export async function getRequest(
	client: ConcurClient,
	id: string,
	options: ReadOptions = {},
): Promise<RequestItem> {
	const answer = await readPath(client, requestPath(id), options);
	const request = readAsked(answer, id, 'request');
	witnessTimes(client, [request], answer);
	return request;
}
