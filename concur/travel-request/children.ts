import { readArray, readObject, unexpected } from '../answers';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { JsonObject } from '../json';
import { pathId } from '../paths';
import type { ReadOptions } from './read-options';

const BASE = '/travelrequest/v4';

/**
 * Comments of a request's header. The page names the date `creationDate`, real answers
 * `creationDateTime`. Throws what {@link ConcurClient.request} throws, as all functions here.
 */
export async function listRequestComments(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	return readArray(
		await read(client, `requests/${pathId(requestId)}/comments`, options),
		'comments',
	);
}

/** Comments of one expected expense; a company token needs the owner's `userId`. */
export async function listExpenseComments(
	client: ConcurClient,
	expenseId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	return readArray(
		await read(client, `expenses/${pathId(expenseId)}/comments`, options),
		'comments',
	);
}

/** Exceptions of all levels of a request; a company token needs the owner's `userId`. */
export async function listExceptions(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	return readArray(
		await read(client, `requests/${pathId(requestId)}/exceptions`, options),
		'exceptions',
	);
}

/** All expected expenses of a request, with allocations and trip data; not paged. */
export async function listExpenses(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	return readArray(
		await read(client, `requests/${pathId(requestId)}/expenses`, options),
		'expected expenses',
	);
}

/** One expected expense. */
export async function getExpense(
	client: ConcurClient,
	expenseId: string,
	options: ReadOptions = {},
): Promise<JsonObject> {
	return readObject(
		await read(client, `expenses/${pathId(expenseId)}`, options),
		'an expected expense',
	);
}

/** Ids of a request's cash advances; a company token needs the owner's `userId`. */
export async function listCashAdvanceIds(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<string[]> {
	const answer = await read(client, `requests/${pathId(requestId)}/cashadvances`, options);
	return readArray(answer, 'cash advances').map((link) => linkedId(answer, link));
}

/**
 * One cash advance. The page documents an object and shows an array of one; both are read. The
 * endpoint takes no userId, and the page announces its end.
 */
export async function getCashAdvance(
	client: ConcurClient,
	cashAdvanceId: string,
	options: Pick<ReadOptions, 'signal'> = {},
): Promise<JsonObject> {
	return readObject(
		await read(client, `cashadvances/${pathId(cashAdvanceId)}`, options),
		'a cash advance',
	);
}

function read(client: ConcurClient, path: string, options: ReadOptions): Promise<ConcurAnswer> {
	return client.request({
		method: 'GET',
		path: `${BASE}/${path}`,
		query: { userId: options.userId },
		signal: options.signal,
	});
}

/** Any member of a link may be absent (Travel Request v4 schemas): the id, else the end of href. */
function linkedId(answer: ConcurAnswer, link: JsonObject): string {
	if (typeof link['id'] === 'string' && link['id'] !== '') return link['id'];
	const href = typeof link['href'] === 'string' ? link['href'] : '';
	const id = /\/([A-Za-z0-9-]+)\/?(?:[?#].*)?$/.exec(href)?.[1];
	if (id === undefined) throw unexpected(answer, 'has a cash advance link without an id');
	return id;
}
