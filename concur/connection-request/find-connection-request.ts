import type { ConcurClient } from '../client';
import { HttpError } from '../errors';
import type { ConnectionRequest } from './connection-request';
import { getConnectionRequest } from './get-connection-request';
import type { ReadConnectionOptions } from './read-connections';

/** Answers in a row that must say that there is none. */
const SIGNS = 2;

/**
 * A connection request that may be gone, having been answered; undefined where it is. No page tells
 * by what body Concur says so (the 404 of the specs is an empty object), so that nothing tells its
 * 404 from that of a gateway which knows no way there: one alone is not believed.
 * @throws what {@link getConnectionRequest} throws else.
 */
export async function findConnectionRequest(
	client: ConcurClient,
	id: string,
	options: ReadConnectionOptions,
): Promise<ConnectionRequest | undefined> {
	for (let signs = 1; ; signs++) {
		try {
			return await getConnectionRequest(client, id, options);
		} catch (error) {
			if (!(error instanceof HttpError) || error.status !== 404) throw error;
			if (signs === SIGNS) return undefined;
		}
	}
}
