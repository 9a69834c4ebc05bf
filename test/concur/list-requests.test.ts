import type { ConcurClient } from '../../concur/client';
import { ConfigurationError } from '../../concur/errors';
import { getRequest } from '../../concur/travel-request/get-request';
import { listRequests, type ListRequestsQuery } from '../../concur/travel-request/list-requests';
import { failureOf, json, serve, testClient, type Answer, type TestServer } from './serve';

let server: TestServer;
let client: ConcurClient;

async function start(answer: Answer): Promise<void> {
	server = await serve(answer);
	client = testClient(server);
}

afterEach(async () => {
	await client.close();
	await server.close();
});

const answerWith =
	(body: unknown, headers: Record<string, string> = {}): Answer =>
	(response) => {
		json(response, body, 200, headers);
	};

test('every parameter arrives in the query, times in whole UTC seconds', async () => {
	await start(answerWith({ data: [], operations: [] }));
	await listRequests(client, {
		view: 'TOAPPROVE',
		userId: 'c0d9 & 1',
		start: 0,
		limit: 100,
		approvedAfter: 0,
		approvedBefore: 1_582_934_400,
		modifiedAfter: 1_700_000_000,
		modifiedBefore: 1_700_000_001,
		sortField: 'requestId',
		sortOrder: 'ASC',
		includeDelegateApprovals: true,
	});
	expect(server.calls[0]?.path).toBe('/travelrequest/v4/requests');
	expect(Object.fromEntries(server.calls[0]?.query ?? [])).toEqual({
		view: 'TOAPPROVE',
		userId: 'c0d9 & 1',
		start: '0',
		limit: '100',
		approvedAfter: '1970-01-01T00:00:00Z',
		approvedBefore: '2020-02-29T00:00:00Z',
		modifiedAfter: '2023-11-14T22:13:20Z',
		modifiedBefore: '2023-11-14T22:13:21Z',
		sortField: 'requestId',
		sortOrder: 'ASC',
		includeDelegateApprovals: 'true',
	});
	await listRequests(client);
	expect(server.calls[1]?.url).toBe('/travelrequest/v4/requests');
});

test.each<ListRequestsQuery>([
	{ limit: 0 },
	{ limit: 101 },
	{ limit: 1.5 },
	{ start: -1 },
	{ start: Number.NaN },
	{ modifiedAfter: 1.5 },
	{ modifiedAfter: Number.NaN },
	{ modifiedBefore: 1e15 },
])('%j is refused before anything is sent', async (query) => {
	await start(answerWith({ data: [] }));
	expect(await failureOf(listRequests(client, query))).toBeInstanceOf(ConfigurationError);
	expect(server.calls).toHaveLength(0);
});

const href = (start: string) =>
	`https://us.api.concursolutions.com/travelrequest/v4/requests?view=ALL${start}`;

test.each<[unknown, { hasNext: boolean; nextStart?: number; lastStart?: number }]>([
	[
		[
			{ rel: 'next', href: href('&limit=3&start=3') },
			{ rel: 'first', href: href('&limit=3&start=0') },
			{ rel: 'last', href: href('&limit=3&start=135') },
		],
		{ hasNext: true, nextStart: 3, lastStart: 135 },
	],
	[[{ rel: 'last', href: 'hhttps://https://us?start=20' }], { hasNext: false, lastStart: 20 }],
	[
		[{ rel: 'next', href: 'https://evil.example/?a=1&amp;start=7' }],
		{ hasNext: true, nextStart: 7 },
	],
	[[{ rel: 'next', href: href('&start=abc') }], { hasNext: true }],
	[[{ rel: 'next', href: href('&start=99999999999999999999') }], { hasNext: true }],
	[[{ rel: 'next', href: href('&restart=5') }], { hasNext: true }],
	[[{ rel: 'next' }, null, 3, {}, { rel: 4 }], { hasNext: true }],
	[[], { hasNext: false }],
	[undefined, { hasNext: false }],
	[null, { hasNext: false }],
	['nonsense', { hasNext: false }],
])('links %j', async (operations, expected) => {
	await start(answerWith({ data: [{ id: 'A' }], operations }));
	const { items, unreadable, rows, bytes, sent, ...links } = await listRequests(client, {
		limit: 1,
	});
	expect(links).toEqual(expected);
	expect([items, unreadable, rows]).toEqual([[{ id: 'A' }], [], 1]);
	expect(bytes).toBeGreaterThan(10);
	expect(client.serverTime.at(sent)).toBeGreaterThan(0);
	expect(server.calls).toHaveLength(1);
});

test.each([[[]], [{}], [{ data: 'x' }], [{ data: null }], [{ data: {} }], [null]])(
	'the answer %j is no request list, and is not asked for again',
	async (body) => {
		await start(answerWith(body));
		expect(await failureOf(listRequests(client))).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
		expect(server.calls).toHaveLength(1);
	},
);

test.each([202, 203, 206])('an empty list with status %d says nothing', async (status) => {
	await start((response) => {
		json(response, { data: [], operations: [] }, status);
	});
	const failure = await failureOf(listRequests(client));
	expect(failure).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY', status });
	expect(server.calls).toHaveLength(1);
});

test.each([200, 204])('an answer %d without a body is no list', async (status) => {
	await start((response) => {
		response.writeHead(status).end();
	});
	expect(await failureOf(listRequests(client))).toMatchObject({ code: 'CONCUR_UNEXPECTED_BODY' });
});

test('what has no id is handed out beside the others, and counts as a row', async () => {
	const bad = [null, 3, 'x', {}, { id: 7 }, { id: '' }, []];
	await start(answerWith({ data: [{ id: 'A' }, ...bad, { id: 'B' }], totalCount: 9 }));
	expect(await listRequests(client)).toMatchObject({
		items: [{ id: 'A' }, { id: 'B' }],
		unreadable: bad,
		rows: 9,
		totalCount: 9,
	});
});

test.each([-1, 1.5, '5', null, 1e20])('a totalCount of %j is none', async (totalCount) => {
	await start(answerWith({ data: [], totalCount }));
	expect(await listRequests(client)).not.toHaveProperty('totalCount');
});

test('a call knows the server’s time at its sending, not later', async () => {
	let now = 5_000;
	server = await serve((response) => {
		now += 700;
		json(response, { data: [] }, 200, { date: 'Sat, 21 Nov 2026 12:00:10 GMT' });
	});
	const clock = { monotonicMs: () => now, epochMs: () => Date.UTC(2026, 10, 21, 12, 0, 6) + now };
	client = testClient(server, { clock });
	const page = await listRequests(client);
	expect(client.serverTime.at(page.sent)).toBe(Date.UTC(2026, 10, 21, 12, 0, 10) - 700);
	now += 2_000;
	expect(client.serverNow()).toBe(Date.UTC(2026, 10, 21, 12, 0, 12));
});

test('one request, for a user', async () => {
	await start(answerWith({ id: 'A', name: 'Berlin' }));
	expect(await getRequest(client, 'A', { userId: 'U' })).toEqual({ id: 'A', name: 'Berlin' });
	expect(server.calls[0]?.url).toBe('/travelrequest/v4/requests/A?userId=U');
});

test('a request that is gone is a not-found error', async () => {
	await start((response) => {
		json(response, { errors: [{ errorCode: 'notFound' }] }, 404);
	});
	expect(await failureOf(getRequest(client, 'A'))).toMatchObject({
		code: 'CONCUR_NOT_FOUND',
		status: 404,
	});
});

test.each([
	'',
	'.',
	'..',
	'../users',
	'a/b',
	'a\\b',
	'a?b',
	'a#b',
	'%2e%2e',
	'a b',
	'a\n',
	'x'.repeat(201),
])('the id %j cannot leave its place', async (id) => {
	await start(answerWith({}));
	expect(await failureOf(getRequest(client, id))).toMatchObject({ code: 'INVALID_ID' });
	expect(server.calls).toHaveLength(0);
});

test('an unusual id is encoded', async () => {
	await start(answerWith({ id: 'gWh:é&1' }));
	await getRequest(client, 'gWh:é&1');
	expect(server.calls[0]?.url).toBe('/travelrequest/v4/requests/gWh%3A%C3%A9%261');
});
