import type { ConcurClient } from '../../concur/client';
import {
	getCashAdvance,
	getExpense,
	listCashAdvanceIds,
	listExceptions,
	listExpenseComments,
	listExpenses,
	listRequestComments,
} from '../../concur/travel-request/children';
import type { JsonObject } from '../../concur/json';
import { getRequest } from '../../concur/travel-request/get-request';
import { containing, json, serve, testClient } from './serve';

const user = { userId: 'U' };

/** Calls once, with one answer, and tells the outcome and the address called. */
async function callOnce(body: unknown, call: (client: ConcurClient) => Promise<unknown>) {
	const server = await serve((response) => {
		if (body === undefined) response.writeHead(204).end();
		else json(response, body);
	});
	const client = testClient(server);
	const outcome = await call(client).catch((error: unknown) => error);
	await client.close();
	await server.close();
	return { outcome, urls: server.calls.map(({ url }) => url) };
}

test.each<[string, unknown, (client: ConcurClient) => Promise<unknown>, unknown]>([
	[
		'requests/R/comments',
		[{ value: 'a' }],
		(c) => listRequestComments(c, 'R', user),
		[{ value: 'a' }],
	],
	['requests/R/comments', [], (c) => listRequestComments(c, 'R'), []],
	[
		'expenses/E/comments?userId=U',
		[{ value: 'a' }],
		(c) => listExpenseComments(c, 'E', user),
		[{ value: 'a' }],
	],
	[
		'requests/R/exceptions?userId=U',
		[{ code: 'X' }],
		(c) => listExceptions(c, 'R', user),
		[{ code: 'X' }],
	],
	['requests/R/expenses?userId=U', [{ id: 'E' }], (c) => listExpenses(c, 'R', user), [{ id: 'E' }]],
	['expenses/E?userId=U', { id: 'E' }, (c) => getExpense(c, 'E', user), { id: 'E' }],
	[
		'requests/R/cashadvances?userId=U',
		[{ id: 'C1' }, { href: 'http://us/cashadvances/C2' }, { id: '', href: '/x/C3/?a=b' }],
		(c) => listCashAdvanceIds(c, 'R', user),
		['C1', 'C2', 'C3'],
	],
	['cashadvances/C', { cashAdvanceId: 'C' }, (c) => getCashAdvance(c, 'C'), { cashAdvanceId: 'C' }],
	[
		'cashadvances/C',
		[{ cashAdvanceId: 'C' }],
		(c) => getCashAdvance(c, 'C'),
		{ cashAdvanceId: 'C' },
	],
])('%s answering %j', async (url, body, call, expected) => {
	const { outcome, urls } = await callOnce(body, call);
	expect(outcome).toEqual(expected);
	expect(urls).toEqual([`/travelrequest/v4/${url}`]);
});

test.each<[unknown, (client: ConcurClient) => Promise<unknown>]>([
	[{ value: 'not a list' }, (c) => listRequestComments(c, 'R')],
	[['text'], (c) => listExpenses(c, 'R')],
	[[], (c) => getCashAdvance(c, 'C')],
	[[{}, {}], (c) => getCashAdvance(c, 'C')],
	['text', (c) => getExpense(c, 'E')],
	[[{ template: 'x' }], (c) => listCashAdvanceIds(c, 'R')],
])('the answer %j is unexpected', async (body, call) => {
	expect((await callOnce(body, call)).outcome).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
});

const none = {
	...{ id: 'R', expenses: [], comment: '', highestExceptionLevel: 'NONE', cashAdvances: null },
	totalApprovedAmount: { value: 0, currency: 'EUR' },
};

type ListOf = (
	client: ConcurClient,
	id: string,
	options: { parent?: JsonObject },
) => Promise<readonly unknown[]>;

test.each<[string, ListOf, JsonObject]>([
	['expenses', listExpenses, { totalPostedAmount: { value: 12.5 } }],
	['expenses', listExpenses, { expenses: [{ href: 'x' }] }],
	['expenses', listExpenses, { expenses: undefined }],
	['comments', listRequestComments, { comment: 'Please approve' }],
	['exceptions', listExceptions, { highestExceptionLevel: 'WARNING' }],
	['exceptions', listExceptions, { highestExceptionLevel: undefined }],
	['cash advances', listCashAdvanceIds, { cashAdvances: { href: 'x' } }],
	['comments of an expense', listExpenseComments, { lastComment: 'Why?' }],
])('no list of %s is none only where what they belong to agrees: %#', async (_, list, some) => {
	for (const body of [undefined, null]) {
		const agreed = await callOnce(body, (c) => list(c, 'R', { parent: none }));
		expect(agreed).toMatchObject({ outcome: [], urls: [expect.any(String)] });
		const { outcome } = await callOnce(body, (c) => list(c, 'R', { parent: { ...none, ...some } }));
		expect(outcome).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
	}
});

test('what the children belong to is read where it is not at hand', async () => {
	const server = await serve((response, { path }) => {
		if (path.endsWith('/exceptions')) response.writeHead(204).end();
		else json(response, none);
	});
	const client = testClient(server);
	expect(await listExceptions(client, 'R', user)).toEqual([]);
	expect(server.calls.map(({ path }) => path.split('/').slice(3).join('/'))).toEqual([
		'requests/R/exceptions',
		'requests/R',
	]);
	await client.close();
	await server.close();
});

test.each([202, 203, 206])('a list with status %d is no whole answer', async (status) => {
	const server = await serve((response) => {
		json(response, [], status);
	});
	const client = testClient(server);
	const failure = await listExpenses(client, 'R', { parent: none }).catch(
		(error: unknown) => error,
	);
	expect(failure).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY', status });
	await client.close();
	await server.close();
});

test.each<[string, (client: ConcurClient) => Promise<unknown>, object]>([
	['request', (c) => getRequest(c, 'ABC'), { id: 'ABD' }],
	['expected expense', (c) => getExpense(c, 'ABC'), { id: 'X' }],
	['cash advance', (c) => getCashAdvance(c, 'ABC'), { cashAdvanceId: 'X' }],
])('another %s is not taken for the one that was asked for', async (what, get, other) => {
	const { outcome } = await callOnce(other, get);
	expect(outcome).toMatchObject({ code: 'CONCUR_OTHER_RECORD', message: containing(what) });
	const same = Object.fromEntries(Object.keys(other).map((key) => [key, 'a-bc']));
	expect((await callOnce(same, get)).outcome).toEqual(same);
});

test('an id from an answer cannot lead elsewhere', async () => {
	const { outcome, urls } = await callOnce({}, (c) => getCashAdvance(c, '../../oauth2'));
	expect(outcome).toMatchObject({ code: 'INVALID_ID' });
	expect(urls).toEqual([]);
});
