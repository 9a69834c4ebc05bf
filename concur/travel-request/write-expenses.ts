import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import type { JsonObject } from '../json';
import type { RequestItem } from './list-requests';
import { readRecord } from './read-request';
import { expensePath, requestPath } from './request-path';
import { checkDeleted, refuseId } from './write-checks';
import type { WriteOptions } from './write-options';

/**
 * Adds an expected expense, Travel Request v4, `POST /requests/{id}/expenses`. Concur requires
 * `transactionAmount`, `transactionDate` and `expenseType` with its id. A POST is never repeated
 * blindly.
 * @throws what {@link ConcurClient.request} throws, as all functions here;
 * {@link ConfigurationError} `INVALID_PARAMETER` for a body with an id.
 */
export async function createExpense(
	client: ConcurClient,
	requestId: string,
	expense: JsonObject,
	options: WriteOptions = {},
): Promise<RequestItem> {
	refuseId(expense, 'expected expense');
	return readExpense(
		await client.request({
			method: 'POST',
			path: `${requestPath(requestId)}/expenses`,
			query: { userId: options.userId },
			json: expense,
			signal: options.signal,
		}),
	);
}

/**
 * Replaces an expected expense, Travel Request v4, `PUT /expenses/{id}`: "Partial update is not
 * supported, the full body needs to be provided". So read it, change it and send all of it back.
 */
export async function updateExpense(
	client: ConcurClient,
	expenseId: string,
	expense: JsonObject,
	options: WriteOptions = {},
): Promise<RequestItem> {
	return readExpense(
		await client.request({
			method: 'PUT',
			path: expensePath(expenseId),
			query: { userId: options.userId },
			json: expense,
			signal: options.signal,
		}),
	);
}

/** Deletes an expected expense, Travel Request v4, `DELETE /expenses/{id}`. */
export async function deleteExpense(
	client: ConcurClient,
	expenseId: string,
	options: WriteOptions = {},
): Promise<void> {
	const answer = await client.request({
		method: 'DELETE',
		path: expensePath(expenseId),
		query: { userId: options.userId },
		signal: options.signal,
	});
	checkDeleted(answer, 'the expected expense');
}

function readExpense(answer: ConcurAnswer): RequestItem {
	return readRecord(answer, 'an expected expense');
}
