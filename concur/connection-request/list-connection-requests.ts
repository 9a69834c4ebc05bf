import { readItems, unexpected } from '../answers';
import { checkCount } from '../check-count';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject } from '../json';
import {
	readConnectionRequest,
	type ConnectionRequest,
	type ReadTokenOptions,
} from './connection-request';
import { parseNextPage, type NextPage } from './next-page';
import { connectionPath, type ConnectionOptions } from './versions';

/** Place and size of one list call. */
export interface ListConnectionRequestsQuery {
	/** From the page before: a number today, the id of a record in older times. */
	readonly offset?: string | undefined;
	/** 1 to 10; Concur takes 5 where none is given. */
	readonly limit?: number | undefined;
	/** Pending, Processing, Connected, Failed or Retry: left the documentation in 2022. */
	readonly status?: string | undefined;
}

export interface ConnectionRequestPage {
	readonly items: ConnectionRequest[];
	/** Where the next page is; undefined on the last one. */
	readonly next: NextPage | undefined;
	/** Lower bound of when the call was sent, in server milliseconds. */
	readonly sentAt: number;
}

const MOST_ITEMS = 10;
const DEFAULT_ITEMS = 5;

/**
 * One page of the queue, Connection Requests, `GET /connectionrequests`. It looks without taking, but
 * makes new request tokens. Update no request before the last page is read: an update takes it out of
 * the queue, the rest moves up, and the next offset skips some.
 * @throws what {@link ConcurClient.request} throws; a ConfigurationError `INVALID_PARAMETER`;
 * {@link UnexpectedBodyError} where a record has no ID or NextPage no offset.
 */
export async function listConnectionRequests(
	client: ConcurClient,
	query: ListConnectionRequestsQuery = {},
	options: ConnectionOptions & ReadTokenOptions = {},
): Promise<ConnectionRequestPage> {
	const limit = checkCount('limit', query.limit, 1, MOST_ITEMS);
	const answer = await client.request({
		method: 'GET',
		path: connectionPath(options.version),
		query: { limit, offset: query.offset, status: query.status },
		maxItems: limit ?? DEFAULT_ITEMS,
		signal: options.signal,
	});
	return readPage(answer, options);
}

function readPage(answer: ConcurAnswer, options: ReadTokenOptions): ConnectionRequestPage {
	const { data, sentAt } = answer;
	if (!isJsonObject(data)) throw unexpected(answer, 'is not a list of connection requests');
	const items = data['Items'];
	// An array by the page, an object by the swagger of 3.1 where there is one.
	const list = isJsonObject(items) ? [items] : items;
	return {
		items: readItems(answer, list, 'connection requests').map((item) =>
			readConnectionRequest(answer, item, options),
		),
		next: parseNextPage(answer, data['NextPage']),
		sentAt,
	};
}
