import type { ConcurClient } from '../client';
import { isTooDeep, type JsonObject } from '../json';
import { readId } from './connection-request';
import { listFrom } from './list-connection-requests';
import { drainPages, drainQueue, type DrainedPage, type DrainOptions } from './queue/drain-pages';
import {
	readConnection,
	type ConnectionForm,
	type ConnectionPage,
	type ListConnectionRequestsQuery,
	type ReadConnectionOptions,
} from './read-connections';

/**
 * A connection request as Concur sent it, with the names of its version (`FirstName` in 3.0 and 3.1,
 * `firstName` in 3.2) but without its request token, unless that is asked for.
 */
export type RawConnectionRequest = JsonObject & { readonly ID: string };

const TOKEN = /^request_?token$/i;

const rawForm: ConnectionForm<RawConnectionRequest> = {
	read(item, options) {
		const ID = readId(item);
		if (ID === undefined || isTooDeep(item)) return undefined;
		return { ...(options.includeRequestToken ? item : withoutToken(item)), ID };
	},
	idOf: ({ ID }) => ID,
};

/** As `listConnectionRequests`, untouched. Throws the same. */
export function listRawConnectionRequests(
	client: ConcurClient,
	query: ListConnectionRequestsQuery = {},
	options: ReadConnectionOptions = {},
): Promise<ConnectionPage<RawConnectionRequest>> {
	return listFrom(client, query, options, rawForm);
}

/** As `getConnectionRequest`, untouched. Throws the same. */
export function getRawConnectionRequest(
	client: ConcurClient,
	id: string,
	options: ReadConnectionOptions = {},
): Promise<RawConnectionRequest> {
	return readConnection(client, id, options, rawForm);
}

/** As `drainConnectionRequests`, untouched. Throws the same. */
export function drainRawConnectionRequests(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'> = {},
	options: DrainOptions = {},
): AsyncGenerator<RawConnectionRequest[], void, undefined> {
	return drainPages(client, query, options, rawForm);
}

/** The same, with what the pages tell about the queue; throws the same. */
export function drainRawConnectionQueue(
	client: ConcurClient,
	query: ListConnectionRequestsQuery = {},
	options: DrainOptions = {},
): AsyncGenerator<DrainedPage<RawConnectionRequest>, void, undefined> {
	return drainQueue(client, query, options, rawForm);
}

function withoutToken(item: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(item).filter(([name]) => !TOKEN.test(name)));
}
