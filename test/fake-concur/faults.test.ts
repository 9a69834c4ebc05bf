import { refusal, rows, startClient, stopAll, text, type Client } from './client';

afterEach(stopAll);

describe('a fault of the answer', () => {
	test.each([
		[{ kind: 'rateLimit' }, 429, '1'],
		[{ kind: 'rateLimit', retryAfter: 0 }, 429, '0'],
		[{ kind: 'rateLimit', retryAfter: 'none' }, 429, null],
		[{ kind: 'rateLimit', retryAfter: 'date' }, 429, 'Sun, 01 Mar 2026 12:00:02 GMT'],
		[{ kind: 'serverError' }, 500, null],
		[{ kind: 'serverError', status: 502 }, 502, null],
		[{ kind: 'serverError', status: 504 }, 504, null],
	] as const)('%j answers %i with Retry-After %s', async (fault, status, retryAfter) => {
		const client = await startClient();
		client.fake.faults.set(fault);
		const reply = await client.list();
		expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, retryAfter]);
	});

	test.each([
		[{ kind: 'internalServerError' }, 500, 'internalServerError'],
		[{ kind: 'unavailable' }, 503, 'circuitBreaker'],
		[{ kind: 'unavailable', code: 'entityOffline' }, 503, 'entityOffline'],
		[{ kind: 'unavailable', code: 'CLIQBOOK_APPROVAL_RETRY' }, 503, 'CLIQBOOK_APPROVAL_RETRY'],
		[{ kind: 'unavailable', code: 'CLIQBOOK_APPROVAL_FAILURE' }, 503, 'CLIQBOOK_APPROVAL_FAILURE'],
		[{ kind: 'timeOut' }, 408, 'timeOut'],
	] as const)('%j answers %i %s', async (fault, status, code) => {
		const client = await startClient();
		client.fake.faults.set(fault);
		expect(refusal(await client.list()).slice(0, 2)).toEqual([status, code]);
	});

	test('an HTML page comes with 200', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'htmlBody' });
		const reply = await client.list();
		expect([reply.status, reply.headers.get('content-type')]).toEqual([
			200,
			'text/html;charset=UTF-8',
		]);
	});

	test('an expired token stays expired', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'expiredToken', calls: [1] });
		expect((await client.list()).status).toBe(401);
		expect((await client.list()).status).toBe(401);
		await client.logIn();
		expect((await client.list()).status).toBe(200);
	});

	test('an error can repeat the token', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'echoToken' });
		expect((await client.list()).text).toContain(client.token);
	});
});

describe('a fault of the connection', () => {
	test('a reset before leaves the work undone', async () => {
		const client = await startClient({ requests: 0 });
		client.fake.faults.set({ kind: 'resetBefore', method: 'POST' });
		await expect(create(client)).rejects.toThrow('fetch failed');
		expect(client.fake.world.requests()).toHaveLength(0);
	});

	test('a reset after leaves the work done and the answer lost', async () => {
		const client = await startClient({ requests: 0 });
		client.fake.faults.set({ kind: 'resetAfter', method: 'POST' });
		await expect(create(client)).rejects.toThrow('fetch failed');
		expect(client.fake.world.requests()).toHaveLength(1);
	});

	test.each(['stallHeaders', 'stallBody'] as const)('%s never ends', async (kind) => {
		const client = await startClient();
		client.fake.faults.set({ kind });
		const signal = AbortSignal.timeout(300);
		const stalled = fetch(`${client.fake.baseUrl}/travelrequest/v4/requests`, {
			headers: { authorization: `Bearer ${client.token}` },
			signal,
		}).then((response) => response.text());
		await expect(stalled).rejects.toThrow(/timeout/);
	});

	test('a truncated body is complete HTTP and broken JSON', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'truncatedBody' });
		const reply = await client.list();
		expect([reply.status, reply.json]).toEqual([200, null]);
		expect(reply.text.length).toBeGreaterThan(100);
	});

	test('a short body ends before its content-length', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'shortBody' });
		await expect(client.list()).rejects.toThrow(/terminated/);
	});

	test('a huge body comes without content-length', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'hugeBody', megabytes: 3 });
		const reply = await client.list();
		expect(reply.headers.get('content-length')).toBeNull();
		expect(text(rows(reply)[0], 'comment')).toHaveLength(3 * 1024 * 1024);
	});
});

function create(client: Client) {
	const userId = client.fake.world.users[0]?.id;
	return client.call('POST', `/travelrequest/v4/requests?userId=${userId}`, { name: 'x' });
}
