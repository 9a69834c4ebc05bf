import { readArray } from '../answers';
import type { ConcurClient } from '../client';
import type { JsonObject } from '../json';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { requestPath } from './request-path';

/**
 * The cost objects of a request with their approvers, Travel Request v4, "Request Cost Objects
 * Resources": early access, so most companies' tokens are refused. `isOwnedByCaller` and the like
 * speak of the user; the swagger alone knows `userId`.
 * @throws what {@link ConcurClient.request} throws.
 */
export async function listCostObjects(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	const answer = await readPath(client, `${requestPath(requestId)}/costobjects`, options);
	return readArray(answer, 'cost objects');
}
