import { readObject } from '../answers';
import type { ConcurClient } from '../client';
import type { JsonObject } from '../json';
import { pathId } from '../paths';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { requestPath } from './request-path';
import type { WriteOptions } from './write-options';

export interface UpdateAllocationOptions extends WriteOptions {
	/** Known from the swagger only, without its values. */
	readonly contextRoleType?: string | undefined;
}

/**
 * One allocation of an expected expense. The page documents an object and shows an array of one;
 * both are read. Without `userId` a company token acts as the system user.
 * @throws what {@link ConcurClient.request} throws, as all functions here.
 */
export async function getAllocation(
	client: ConcurClient,
	requestId: string,
	allocationId: string,
	options: ReadOptions = {},
): Promise<JsonObject> {
	const answer = await readPath(client, allocationPath(requestId, allocationId), options);
	return readObject(answer, 'an allocation');
}

/** Changes an allocation. Without `userId` a company token acts as the system user. */
export async function updateAllocation(
	client: ConcurClient,
	requestId: string,
	allocationId: string,
	changes: JsonObject,
	options: UpdateAllocationOptions = {},
): Promise<JsonObject> {
	const answer = await client.request({
		method: 'PUT',
		path: allocationPath(requestId, allocationId),
		query: { userId: options.userId, contextRoleType: options.contextRoleType },
		json: changes,
		signal: options.signal,
	});
	return readObject(answer, 'an allocation');
}

function allocationPath(requestId: string, allocationId: string): string {
	return `${requestPath(requestId)}/allocations/${pathId(allocationId)}`;
}
