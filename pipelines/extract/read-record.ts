import type { ConcurClient } from '../../concur/client';
import { HttpError } from '../../concur/errors';
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
import { refuseBadId } from './bad-record';
import { orMissing } from './missing-record';

/**
 * Reads one request, listed or known by its id, as deeply as `detail` asks.
 *
 * List items are thin (Travel Request v4, list): no modification date, no custom fields, and
 * `expenses: []` whatever the totals say. Only the calls by id know more.
 *
 * @throws {BadRecordError} where it is none; {@link MissingRecordError} where Concur says that it does not have it (any more); else what the
 * client throws once its retries are used up.
 */
export async function readRecord(
	client: ConcurClient,
	item: RequestItem,
	partitionUser: string,
	detail: Detail,
	signal: AbortSignal,
): Promise<RequestBundle> {
	refuseBadId(item.id);
	if (detail === 'list') return { request: item };
	const userId = ownerOf(item) ?? (partitionUser === '' ? undefined : partitionUser);
	const read = async (): Promise<RequestBundle> => {
		const found = await orMissing(getRequest(client, item.id, { userId, signal }));
		// Spelled as the list spells it: one record has one key.
		const request = found.id === item.id ? found : { ...found, id: item.id };
		if (detail === 'request') return { request };
		// Whose it is, an id alone does not tell.
		const below = { userId: ownerOf(item) ?? ownerOf(request) ?? userId, signal };
		return { request, ...(await readChildren(client, request, below)) };
	};
	try {
		return await read();
	} catch (error) {
		// A child went between two calls: its request was edited or deleted, so all is read once more.
		if (error instanceof HttpError && error.status === 404) return read();
		throw error;
	}
}

async function readChildren(client: ConcurClient, request: RequestItem, options: ReadOptions) {
	const { id } = request;
	const ofRequest = { ...options, parent: request };
	const [expenses, comments, exceptions, cashAdvanceIds] = await Promise.all([
		listExpenses(client, id, ofRequest),
		listRequestComments(client, id, ofRequest),
		listExceptions(client, id, ofRequest),
		listCashAdvanceIds(client, id, ofRequest),
	]);
	const [cashAdvances, expenseComments] = await Promise.all([
		Promise.all(cashAdvanceIds.map((advance) => getCashAdvance(client, advance, options))),
		Promise.all(
			expenses.flatMap((expense) => {
				const { id: expenseId } = expense;
				return typeof expenseId === 'string'
					? [
							listExpenseComments(client, expenseId, { ...options, parent: expense }).then(
								(found) => [expenseId, found] as const,
							),
						]
					: [];
			}),
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
