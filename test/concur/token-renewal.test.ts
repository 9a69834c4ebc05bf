import { failureOf, json } from './serve';
import { clientOf, get, serveTokens } from './token-server';

test.each([
	['3600', 54 * 60_000 + 59_000, 55 * 60_000 + 1_000],
	[3600, 54 * 60_000 + 59_000, 55 * 60_000 + 1_000],
	['600', 539_000, 541_000],
])('a token of %s seconds is renewed ahead of its end', async (expiresIn, fresh, stale) => {
	let now = 1_000;
	const server = await serveTokens((response) => {
		json(response, { access_token: `token-${server.tokenCalls.length}`, expires_in: expiresIn });
	});
	const client = clientOf(server, { clock: { monotonicMs: () => now, epochMs: () => 0 } });
	await client.request(get);
	now = 1_000 + fresh;
	await client.request(get);
	expect(server.tokenCalls).toHaveLength(1);
	now = 1_000 + stale;
	await client.request(get);
	expect(server.calls.map((call) => call.headers.authorization)).toEqual([
		'Bearer token-1',
		'Bearer token-1',
		'Bearer token-2',
	]);
});

test('a fault while renewing ahead leaves the old token in use until it ends', async () => {
	let now = 0;
	let broken = false;
	const server = await serveTokens((response) => {
		json(response, { access_token: 'first-token', expires_in: 3600 }, broken ? 503 : 200);
	});
	const client = clientOf(server, { clock: { monotonicMs: () => now, epochMs: () => 0 } });
	await client.request(get);
	broken = true;
	now = 3_400_000;
	await client.request(get);
	expect(server.calls).toHaveLength(2);
	now = 3_700_000;
	expect(await failureOf(client.request(get))).toMatchObject({ code: 'CONCUR_UNAVAILABLE' });
});

test('a 401 renews the token on the spot; that of the new one is final', async () => {
	let good = 'Bearer access-2';
	const server = await serveTokens(undefined, (response, call) => {
		if (call.headers.authorization === good) json(response, {});
		else json(response, { errors: [{ errorCode: 'invalidUser' }] }, 401);
	});
	const client = clientOf(server);
	await client.request(get);
	expect([server.calls.length, server.tokenCalls.length]).toEqual([2, 2]);
	good = 'Bearer nothing';
	expect(await failureOf(client.request(get))).toMatchObject({
		code: 'CONCUR_UNAUTHORIZED',
		concurCode: 'invalidUser',
	});
	expect([server.calls.length, server.tokenCalls.length]).toEqual([4, 3]);
});

test('many calls meeting the same 401 renew once', async () => {
	const server = await serveTokens(undefined, (response, call) => {
		json(response, {}, call.headers.authorization === 'Bearer access-2' ? 200 : 401);
	});
	const client = clientOf(server, { concurrency: 50 });
	await Promise.all(Array.from({ length: 30 }, () => client.request(get)));
	expect(server.tokenCalls).toHaveLength(2);
});
