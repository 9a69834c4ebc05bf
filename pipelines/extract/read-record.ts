import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { isJsonObject, type JsonObject } from '../../concur/json';
import {
	getCashAdvance,
	listCashAdvanceIds,
	listExceptions,
	listExpenseComments,
	listExpenses,
	listRequestComments,
} from '../../concur/travel-request/children';
import { getRequest } from '../../concur/travel-request/get-request';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { ReadOptions } from '../../concur/travel-request/read-options';
import type { Detail } from '../sinks/sink';
import type { RequestBundle } from '../tables/request-bundle';

/**
 * Reads one request, listed or known by its id, as deeply as `detail` asks.
 *
 * List items are thin (Travel Request v4, list): no modification date, no custom fields, and
 * `expenses: []` whatever the totals say. Only the calls by id know more.
 *
 * @returns undefined when Concur no longer has the request: it was deleted since it was listed.
 * @throws what the client throws once its retries are used up.
 */
export async function readRecord(
	client: ConcurClient,
	item: RequestItem,
	partitionUser: string,
	detail: Detail,
	signal: AbortSignal,
): Promise<RequestBundle | undefined> {
	if (detail === 'list') return { request: item };
	const userId = ownerOf(item) ?? (partitionUser === '' ? undefined : partitionUser);
	const options = { userId, signal };
	const request = await unlessGone(getRequest(client, item.id, options));
	if (!request || detail === 'request') return request && { request };
	// Whose it is, an id alone does not tell.
	const below = { userId: ownerOf(item) ?? ownerOf(request) ?? userId, signal };
	const children = await unlessGone(readChildren(client, item.id, below));
	if (children) return { request, ...children };
	// A child went between two calls: its request was edited or deleted, so all is read once more.
	const again = await unlessGone(getRequest(client, item.id, options));
	return again && { request: again, ...(await readChildren(client, item.id, below)) };
}

async function readChildren(client: ConcurClient, id: string, options: ReadOptions) {
	const [expenses, comments, exceptions, cashAdvanceIds] = await Promise.all([
		listExpenses(client, id, options),
		listRequestComments(client, id, options),
		listExceptions(client, id, options),
		listCashAdvanceIds(client, id, options),
	]);
	const [cashAdvances, expenseComments] = await Promise.all([
		Promise.all(cashAdvanceIds.map((advance) => getCashAdvance(client, advance, options))),
		Promise.all(
			expenses.flatMap(({ id: expenseId }) =>
				typeof expenseId === 'string'
					? [
							listExpenseComments(client, expenseId, options).then(
								(found) => [expenseId, found] as const,
							),
						]
					: [],
			),
		),
	]);
	return {
		expenses,
		comments,
		exceptions,
		cashAdvances,
		expenseComments: Object.fromEntries(expenseComments),
	};
}

/** The owner's id goes with every call below a request: a company token needs it (facts, 2.1). */
export function ownerOf(item: JsonObject): string | undefined {
	const owner = item['owner'];
	return isJsonObject(owner) && typeof owner['id'] === 'string' ? owner['id'] : undefined;
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof ConcurError && error.code === 'CONCUR_NOT_FOUND') return undefined;
		throw error;
	}
}
