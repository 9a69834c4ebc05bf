import { readArray, readObject } from '../answers';
import type { ConcurClient } from '../client';
import type { JsonObject } from '../json';
import { pathId } from '../paths';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { travelRequestBase } from './request-path';

/**
 * The request policies a user may use, Travel Request v4, `GET /userpolicies`; a company
 * token needs the `userId`.
 * @throws what {@link ConcurClient.request} throws, as all functions here.
 */
export async function listUserPolicies(
	client: ConcurClient,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	const answer = await readPath(client, `${travelRequestBase}/userpolicies`, options);
	return readArray(answer, 'policies');
}

/**
 * One travel agency. The endpoint takes no userId. Take the id of a request's `travelAgency`, not
 * the one at the end of its href: they may differ.
 */
export async function getTravelAgency(
	client: ConcurClient,
	agencyId: string,
	options: Pick<ReadOptions, 'signal'> = {},
): Promise<JsonObject> {
	const answer = await readPath(client, `${travelRequestBase}/travelagencies/${pathId(agencyId)}`, {
		signal: options.signal,
	});
	return readObject(answer, 'a travel agency');
}
