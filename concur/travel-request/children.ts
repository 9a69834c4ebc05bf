import { readArray, readObject, unexpected } from '../answers';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { JsonObject } from '../json';
import { pathId } from '../paths';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { expensePath, requestPath, travelRequestBase } from './request-path';

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
		await readPath(client, `${requestPath(requestId)}/comments`, options),
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
		await readPath(client, `${expensePath(expenseId)}/comments`, options),
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
		await readPath(client, `${requestPath(requestId)}/exceptions`, options),
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
		await readPath(client, `${requestPath(requestId)}/expenses`, options),
		'expected expenses',
	);
}

/** One expected expense. */
export async function getExpense(
	client: ConcurClient,
	expenseId: string,
	options: ReadOptions = {},
): Promise<JsonObject> {
	return readObject(await readPath(client, expensePath(expenseId), options), 'an expected expense');
}

/** Ids of a request's cash advances; a company token needs the owner's `userId`. */
export async function listCashAdvanceIds(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<string[]> {
	const answer = await readPath(client, `${requestPath(requestId)}/cashadvances`, options);
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
		await readPath(client, `${travelRequestBase}/cashadvances/${pathId(cashAdvanceId)}`, options),
		'a cash advance',
	);
}

/** Any member of a link may be absent (Travel Request v4 schemas): the id, else the end of href. */
function linkedId(answer: ConcurAnswer, link: JsonObject): string {
	if (typeof link['id'] === 'string' && link['id'] !== '') return link['id'];
	const href = typeof link['href'] === 'string' ? link['href'] : '';
	const id = /\/([A-Za-z0-9-]+)\/?(?:[?#].*)?$/.exec(href)?.[1];
	if (id === undefined) throw unexpected(answer, 'has a cash advance link without an id');
	return id;
}
