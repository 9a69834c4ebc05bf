import { readObject, unexpected } from '../answers';
import { checkCount } from '../check-count';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject, type JsonObject } from '../json';
import { witnessTimes } from '../server-time/witness-times';
import { parseNextPage, type NextPage } from './queue/next-page';
import { sendConnectionCall } from './send-call';
import type { ConnectionOptions } from './versions';

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
	/** Undefined where it cannot be read: without a sound ID, say. */
	read(item: JsonObject, options: ReadTokenOptions): T | undefined;
	idOf(request: T): string;
}

export interface ConnectionPage<T> {
	readonly items: T[];
	/** Where the next page is; undefined on the last one, and where `fault` says that nobody knows. */
	readonly next: NextPage | undefined;
	/**
	 * What is wrong with the page, as what "an answer of Concur" does: then there may be more than its
	 * items, whatever `next` is. Undefined where nothing is.
	 */
	readonly fault: string | undefined;
	/** Its items, those that cannot be read included. */
	readonly shownCount: number;
	/** Lower bound of when the call was sent, in server milliseconds. */
	readonly sentAt: number;
	readonly status: number;
	readonly correlationId: string;
}

const MOST_ITEMS = 10;
const DEFAULT_ITEMS = 5;

/** One page of the queue, in any form. Whatever it holds, what can be read of it is not lost. */
export async function readConnectionPage<T>(
	client: ConcurClient,
	query: ListConnectionRequestsQuery,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): Promise<ConnectionPage<T>> {
	const limit = checkCount('limit', query.limit, 1, MOST_ITEMS);
	const { offset, status } = query;
	const answer = await sendConnectionCall(
		client,
		{ method: 'GET', query: { limit, offset, status }, maxItems: limit ?? DEFAULT_ITEMS },
		options,
	);
	const page = isJsonObject(answer.data) ? answer.data : {};
	const shown = readShown(page['Items']);
	witnessTimes(client, (shown ?? []).filter(isJsonObject), answer);
	const items = (shown ?? [])
		.map((item) => (isJsonObject(item) ? form.read(item, options) : undefined))
		.filter((item) => item !== undefined);
	const next = parseNextPage(page['NextPage']);
	const faults = [
		answer.status !== 200 && `has the status ${answer.status}, by which a list may not be whole`,
		shown === undefined && 'has no list of connection requests',
		items.length < (shown?.length ?? 0) &&
			'has connection requests that cannot be read, being null, say, or without a sound ID',
		next === 'unreadable' && 'names a next page, but not where it begins',
	];
	return {
		items,
		next: next === 'unreadable' ? undefined : next,
		fault: faults.find((fault) => fault !== false),
		shownCount: shown?.length ?? 0,
		sentAt: answer.sentAt,
		status: answer.status,
		correlationId: answer.correlationId,
	};
}

/** An array by the page, an object by the swagger of 3.1 where there is one; undefined for no list. */
function readShown(items: unknown): readonly unknown[] | undefined {
	const list: unknown = isJsonObject(items) ? [items] : items;
	return Array.isArray(list) ? Array.from<unknown>(list) : undefined;
}

/** One connection request, in any form. */
export async function readConnection<T>(
	client: ConcurClient,
	id: string,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): Promise<T> {
	const answer = await sendConnectionCall(client, { method: 'GET', id }, options);
	const shown = readObject(answer, 'a connection request');
	witnessTimes(client, [shown], answer);
	const request = form.read(shown, options);
	if (request === undefined) throw unexpected(answer, 'is a connection request without a sound ID');
	return ofId(id, request, answer, form);
}

/** Ids are GUIDs, of which capitals are the same. */
function ofId<T>(id: string, request: T, answer: ConcurAnswer, form: ConnectionForm<T>): T {
	if (form.idOf(request).toLowerCase() === id.trim().toLowerCase()) return request;
	throw unexpected(answer, 'is another connection request than the one asked for');
}
