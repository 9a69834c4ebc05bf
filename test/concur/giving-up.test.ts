import { failureOf, json, serve, testClient, fakeSleep, type Answer } from './serve';

const get = { method: 'GET', path: '/travelrequest/v4/requests' } as const;
const post = { method: 'POST', path: '/travelrequest/v4/requests', json: {} } as const;
const status =
	(code: number): Answer =>
	(response) => {
		json(response, {}, code);
	};
const ok = status(200);

test('an abort ends a call at once, also while it waits', async () => {
	const server = await serve(status(503));
	const controller = new AbortController();
	const client = testClient(server, {
		retry: {
			budgetMs: 7_200_000,
			baseMs: 3_600_000,
			capMs: 3_600_000,
			random: () => 1,
			sleep: (_ms, signal) =>
				new Promise((_resolve, reject) => {
					signal?.addEventListener('abort', () => {
						reject(new Error('woken'));
					});
					controller.abort(new Error('enough'));
				}),
		},
	});
	const failure = await failureOf(client.request({ ...get, signal: controller.signal }));
	expect(failure).toEqual(new Error('woken'));
	expect(server.calls).toHaveLength(1);
	await client.close();
	await server.close();
});

test('an abort ends a call that waits for its answer', async () => {
	const controller = new AbortController();
	const server = await serve(() => {
		controller.abort(new Error('enough'));
	});
	const client = testClient(server, { signal: controller.signal });
	expect(await failureOf(client.request(get))).toEqual(new Error('enough'));
	await client.close();
	await server.close();
});

test('a refused connection may be repeated even for a POST', async () => {
	const server = await serve(ok);
	await server.close();
	const { waits, sleep } = fakeSleep();
	const client = testClient(server, {
		retry: { sleep, attempts: 3, random: () => 1 },
		access: { get: () => Promise.resolve({ baseUrl: server.origin }), invalidate: () => true },
	});
	const failure = await failureOf(client.request(post));
	expect(failure).toMatchObject({ code: 'CONCUR_NETWORK', sent: false });
	expect(waits).toHaveLength(2);
	await client.close();
});

test('a server that never answers runs into the time limit', async () => {
	const server = await serve(() => undefined);
	const client = testClient(server, {
		retry: { attempts: 2, sleep: () => Promise.resolve() },
		timeouts: { totalMs: 40 },
	});
	expect(await failureOf(client.request(get))).toMatchObject({ code: 'CONCUR_TIMEOUT' });
	expect(server.calls).toHaveLength(2);
	await client.close();
	await server.close();
});

test('a bug is not taken for a network fault', async () => {
	const server = await serve(ok);
	const client = testClient(server, {
		transport: {
			send() {
				throw new RangeError('a bug');
			},
		},
		access: { get: () => Promise.resolve({ baseUrl: server.origin }), invalidate: () => true },
	});
	expect(await failureOf(client.request(get))).toEqual(new RangeError('a bug'));
	expect(client.stats().calls).toBe(1);
	await server.close();
});
