import { readItems, readObject, unexpected } from '../answers';
import { checkCount } from '../check-count';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject, type JsonObject } from '../json';
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

export interface ReadTokenOptions {
	/** Whether to hand out request tokens: they are credentials. No unless told. */
	readonly includeRequestToken?: boolean | undefined;
}

export type ReadConnectionOptions = ConnectionOptions & ReadTokenOptions;

/** The form in which connection requests are handed out. */
export interface ConnectionForm<T> {
	/** @throws {UnexpectedBodyError} where there is no ID. */
	read(answer: ConcurAnswer, item: JsonObject, options: ReadTokenOptions): T;
	idOf(request: T): string;
}

export interface ConnectionPage<T> {
	readonly items: T[];
	/** Where the next page is; undefined on the last one. */
	readonly next: NextPage | undefined;
	/** Lower bound of when the call was sent, in server milliseconds. */
	readonly sentAt: number;
}

const MOST_ITEMS = 10;
const DEFAULT_ITEMS = 5;

/** One page of the queue, in any form. */
export async function readConnectionPage<T>(
	client: ConcurClient,
	query: ListConnectionRequestsQuery,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): Promise<ConnectionPage<T>> {
	const limit = checkCount('limit', query.limit, 1, MOST_ITEMS);
	const answer = await client.request({
		method: 'GET',
		path: connectionPath(options.version),
		query: { limit, offset: query.offset, status: query.status },
		maxItems: limit ?? DEFAULT_ITEMS,
		signal: options.signal,
	});
	const { data, sentAt } = answer;
	if (!isJsonObject(data)) throw unexpected(answer, 'is not a list of connection requests');
	const items = data['Items'];
	// An array by the page, an object by the swagger of 3.1 where there is one.
	const list = isJsonObject(items) ? [items] : items;
	return {
		items: readItems(answer, list, 'connection requests').map((item) =>
			form.read(answer, item, options),
		),
		next: parseNextPage(answer, data['NextPage']),
		sentAt,
	};
}

/** One connection request, in any form. */
export async function readConnection<T>(
	client: ConcurClient,
	id: string,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): Promise<T> {
	const answer = await client.request({
		method: 'GET',
		path: connectionPath(options.version, id),
		signal: options.signal,
	});
	return form.read(answer, readObject(answer, 'a connection request'), options);
}
