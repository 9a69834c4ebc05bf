import { readObject } from '../answers';
import type { ConcurClient } from '../client';
import { UnexpectedBodyError } from '../errors';
import type { JsonObject } from '../json';
import { pathId } from '../paths';
import {
	readChildList,
	saysNoCashAdvances,
	saysNoComments,
	saysNoExceptions,
	saysNoExpenseComments,
	saysNoExpenses,
	type ChildList,
} from './child-lists';
import { getRequest } from './get-request';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { readAsked, refuseOther } from './read-request';
import { expensePath, requestPath, travelRequestBase } from './request-path';

/** Where what the children belong to has been read already, it need not be read to ask it. */
export interface ChildOptions extends ReadOptions {
	/** The request, or of an expense's comments the expense. */
	readonly parent?: JsonObject | undefined;
}

/**
 * Comments of a request's header. The page names the date `creationDate`, real answers
 * `creationDateTime`. Throws what {@link readChildList} throws, as all functions here.
 */
export async function listRequestComments(
	client: ConcurClient,
	requestId: string,
	options: ChildOptions = {},
): Promise<JsonObject[]> {
	return readOf(client, requestId, 'comments', options, 'comments', saysNoComments);
}

/** Comments of one expected expense; a company token needs the owner's `userId`. */
export async function listExpenseComments(
	client: ConcurClient,
	expenseId: string,
	{ parent, ...options }: ChildOptions = {},
): Promise<JsonObject[]> {
	return readChildList(client, `${expensePath(expenseId)}/comments`, options, {
		what: 'comments',
		readParent: async () => parent ?? getExpense(client, expenseId, options),
		saysNone: saysNoExpenseComments,
	});
}

/** Exceptions of all levels of a request; a company token needs the owner's `userId`. */
export async function listExceptions(
	client: ConcurClient,
	requestId: string,
	options: ChildOptions = {},
): Promise<JsonObject[]> {
	return readOf(client, requestId, 'exceptions', options, 'exceptions', saysNoExceptions);
}

/** All expected expenses of a request, with allocations and trip data; not paged. */
export async function listExpenses(
	client: ConcurClient,
	requestId: string,
	options: ChildOptions = {},
): Promise<JsonObject[]> {
	return readOf(client, requestId, 'expenses', options, 'expected expenses', saysNoExpenses);
}

/** One expected expense. */
export async function getExpense(
	client: ConcurClient,
	expenseId: string,
	options: ReadOptions = {},
): Promise<JsonObject> {
	const answer = await readPath(client, expensePath(expenseId), options);
	return readAsked(answer, expenseId, 'expected expense');
}

/** Ids of a request's cash advances; a company token needs the owner's `userId`. */
export async function listCashAdvanceIds(
	client: ConcurClient,
	requestId: string,
	options: ChildOptions = {},
): Promise<string[]> {
	const what = 'cash advances';
	const links = await readOf(client, requestId, 'cashadvances', options, what, saysNoCashAdvances);
	return links.map(linkedId);
}

/**
 * One cash advance. The page documents an object and shows an array of one; both are read. The
 * page lists no userId (it is sent only where Concur asks for it), and announces its end.
 */
export async function getCashAdvance(
	client: ConcurClient,
	cashAdvanceId: string,
	options: ReadOptions = {},
): Promise<JsonObject> {
	const path = `${travelRequestBase}/cashadvances/${pathId(cashAdvanceId)}`;
	const answer = await readPath(client, path, options);
	const advance = readObject(answer, 'a cash advance');
	const id = advance['cashAdvanceId'] ?? advance['id'];
	if (typeof id === 'string') refuseOther(answer, cashAdvanceId, id, 'cash advance');
	return advance;
}

async function readOf(
	client: ConcurClient,
	requestId: string,
	name: string,
	{ parent, ...options }: ChildOptions,
	what: string,
	saysNone: ChildList['saysNone'],
): Promise<JsonObject[]> {
	return readChildList(client, `${requestPath(requestId)}/${name}`, options, {
		what,
		readParent: async () => parent ?? getRequest(client, requestId, options),
		saysNone,
	});
}

/** Any member of a link may be absent (Travel Request v4 schemas): the id, else the end of href. */
function linkedId(link: JsonObject): string {
	if (typeof link['id'] === 'string' && link['id'] !== '') return link['id'];
	const href = typeof link['href'] === 'string' ? link['href'] : '';
	const id = /\/([A-Za-z0-9-]+)\/?(?:[?#].*)?$/.exec(href)?.[1];
	if (id !== undefined) return id;
	throw new UnexpectedBodyError(
		'CONCUR_UNEXPECTED_BODY',
		'The answer of Concur has a cash advance link without an id.',
		{ advice: 'Try again; if it happens again, report it to SAP support.' },
	);
}
