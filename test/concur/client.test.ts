import { parseTimestamp } from '../../concur/time';
import { failureOf, json, serve, testClient } from './serve';

test('a call carries what Concur wants, and nothing is chunked', async () => {
	const server = await serve((response) => {
		json(response, { done: true }, 201);
	});
	const client = testClient(server);
	const answer = await client.request({
		method: 'POST',
		path: '/travelrequest/v4/requests',
		query: { userId: 'U', nothing: undefined, flag: true },
		json: { name: 'Zürich', amount: JSON.rawJSON('12345678901234567.89') },
	});
	await client.request({ method: 'POST', path: '/travelrequest/v4/requests/A/submit' });
	await client.request({
		method: 'PATCH',
		path: '/x',
		json: { value: [] },
		contentType: 'application/merge-patch+json',
	});
	expect(answer).toMatchObject({ status: 201, data: { done: true } });
	const [create, submit, patch] = server.calls;
	expect(create).toMatchObject({
		method: 'POST',
		url: '/travelrequest/v4/requests?userId=U&flag=true',
		body: '{"name":"Zürich","amount":12345678901234567.89}',
	});
	expect(create?.headers).toMatchObject({
		accept: 'application/json',
		'content-type': 'application/json',
		'content-length': '48',
	});
	expect(submit?.headers['content-length']).toBe('0');
	expect(submit?.headers['content-type']).toBeUndefined();
	expect(patch?.headers['content-type']).toBe('application/merge-patch+json');
	for (const call of server.calls) expect(call.headers['transfer-encoding']).toBeUndefined();
	await client.close();
	await server.close();
});

test('a redirect is an error and the token does not travel', async () => {
	const elsewhere = await serve((response) => {
		json(response, {});
	});
	const server = await serve((response) => {
		response.writeHead(307, { location: `${elsewhere.origin}/x` }).end();
	});
	const client = testClient(server);
	expect(await failureOf(client.request({ method: 'GET', path: '/x' }))).toMatchObject({
		code: 'CONCUR_REDIRECT',
		status: 307,
	});
	expect(elsewhere.calls).toHaveLength(0);
	await client.close();
	await server.close();
	await elsewhere.close();
});

test('access given from outside is used, and must name an allowed host', async () => {
	const server = await serve((response) => {
		json(response, {});
	});
	let baseUrl = server.origin;
	const client = testClient(server, {
		access: { get: () => Promise.resolve({ baseUrl }), invalidate: () => true },
	});
	await client.request({ method: 'GET', path: '/x' });
	expect(server.calls[0]?.headers.authorization).toBeUndefined();
	expect(server.tokenCalls).toHaveLength(0);
	baseUrl = 'https://evil.example';
	expect(await failureOf(client.request({ method: 'GET', path: '/x' }))).toMatchObject({
		code: 'HOST_NOT_ALLOWED',
	});
	await client.close();
	await server.close();
});

test('a proxy of the environment is not asked for this machine', async () => {
	const server = await serve((response) => {
		json(response, {});
	});
	const before = process.env['HTTP_PROXY'];
	process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
	try {
		const client = testClient(server);
		await client.request({ method: 'GET', path: '/x' });
		expect(server.calls).toHaveLength(1);
		await client.close();
	} finally {
		if (before === undefined) delete process.env['HTTP_PROXY'];
		else process.env['HTTP_PROXY'] = before;
		await server.close();
	}
});

test.each(['client', 'call'])('the signal of the %s ends a call', async (whose) => {
	const controllers = { client: new AbortController(), call: new AbortController() };
	const server = await serve(() => {
		(whose === 'client' ? controllers.client : controllers.call).abort(new Error(whose));
	});
	const client = testClient(server, { signal: controllers.client.signal });
	const call = client.request({ method: 'GET', path: '/x', signal: controllers.call.signal });
	expect(await failureOf(call)).toEqual(new Error(whose));
	const next = client.request({ method: 'GET', path: '/x', signal: controllers.call.signal });
	expect(await failureOf(next)).toEqual(new Error(whose));
	expect(server.calls).toHaveLength(1);
	await client.close();
	await server.close();
});

test('closing ends a call under way', async () => {
	let arrived = () => {};
	const arrival = new Promise<void>((resolve) => {
		arrived = resolve;
	});
	const server = await serve(() => {
		arrived();
	});
	const client = testClient(server);
	const failure = failureOf(client.request({ method: 'GET', path: '/x' }));
	await arrival;
	await client.close();
	expect(await failure).toBeDefined();
	expect(server.calls).toHaveLength(1);
	await server.close();
});

test('the logger hears of repetitions', async () => {
	const lines: unknown[] = [];
	const server = await serve((response) => {
		json(response, {}, server.calls.length === 1 ? 503 : 200);
	});
	const client = testClient(server, {
		logger: {
			debug() {},
			info() {},
			warn: (facts, message) => lines.push([facts, message]),
		},
	});
	await client.request({ method: 'GET', path: '/x' });
	expect(lines).toEqual([
		[
			{ attempt: 1, delayMs: 250, code: 'CONCUR_UNAVAILABLE' },
			'Concur answered 503 to GET /x. Trying again.',
		],
	]);
	await client.close();
	await server.close();
});

test.each([
	['2018-05-25T08:08:59.000Z', Date.UTC(2018, 4, 25, 8, 8, 59)],
	['2018-04-05T12:11:52Z', Date.UTC(2018, 3, 5, 12, 11, 52)],
	['2022-11-09T05:57:29', Date.UTC(2022, 10, 9, 5, 57, 29)],
	['2022-11-09T05:57:29+02:00', Date.UTC(2022, 10, 9, 3, 57, 29)],
	['2018-10-08', Date.UTC(2018, 9, 8)],
	['yesterday', undefined],
	['22:00', undefined],
	['2021-W05-3', undefined],
	['', undefined],
])('the timestamp %s', (text, expected) => {
	expect(parseTimestamp(text)).toBe(expected);
});
