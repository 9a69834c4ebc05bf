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
import { json, serve, testClient } from './serve';

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
		'requests/R/comments?userId=U',
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
	['requests/R/exceptions?userId=U', undefined, (c) => listExceptions(c, 'R', user), []],
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
	['requests/R/cashadvances', null, (c) => listCashAdvanceIds(c, 'R'), []],
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

test('an id from an answer cannot lead elsewhere', async () => {
	const { outcome, urls } = await callOnce({}, (c) => getCashAdvance(c, '../../oauth2'));
	expect(outcome).toMatchObject({ code: 'INVALID_ID' });
	expect(urls).toEqual([]);
});
