import { createServer, type AddressInfo } from 'node:net';
import type { ConcurError } from '../../../concur/errors';
import { containing, failureOf, fakeSleep, json, serve, type Answer } from '../serve';
import { clientOf, get, open, serveTokens } from '../token-server';

const status =
	(code: number, headers: Record<string, string> = {}, body: unknown = {}): Answer =>
	(response) => {
		json(response, body, code, headers);
	};
const ok = status(200);
const invalidUser = status(401, {}, { errors: [{ errorCode: 'invalidUser' }] });
const total = (waits: readonly number[]) => waits.reduce((sum, wait) => sum + wait, 0);
const longest = () => {
	const { waits, sleep } = fakeSleep();
	return { waits, retry: { sleep, random: () => 0.999_999 } };
};

/** An address of this machine at which nobody listens. */
async function deadAddress(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return `http://127.0.0.1:${port}`;
}

describe('A token service that fails', () => {
	test('costs one budget, and its verdict holds for the calls that come after', async () => {
		const server = await serveTokens(status(500));
		const { waits, retry } = longest();
		let nowMs = 0;
		const clock = { monotonicMs: () => nowMs, epochMs: () => 0 };
		const client = clientOf(server, { retry, clock });
		const failures = await Promise.all(
			Array.from({ length: 5 }, () => failureOf(client.request(get))),
		);
		expect(server.tokenCalls).toHaveLength(8);
		expect(total(waits)).toBeLessThan(65_000);
		for (const failure of failures) {
			expect(failure).toMatchObject({
				code: 'CONCUR_UNAVAILABLE',
				message: containing('POST /oauth2/v0/token'),
			});
		}
		await failureOf(client.request(get));
		expect(server.tokenCalls).toHaveLength(8);
		nowMs = 31_000;
		await failureOf(client.request(get));
		expect(server.tokenCalls).toHaveLength(16);
		expect(server.calls).toEqual([]);
	});

	test('is not asked again with a password it has refused', async () => {
		const server = await serveTokens(status(401, {}, { code: 5, error: 'invalid_grant' }));
		const client = clientOf(server);
		for (let call = 0; call < 5; call++) {
			expect(await failureOf(client.request(get))).toMatchObject({
				code: 'CONCUR_AUTH_CREDENTIALS',
			});
		}
		expect(server.tokenCalls).toHaveLength(1);
	});

	test('that answers with a login page is asked twice', async () => {
		const server = await serveTokens((response) => response.end('<html>Sign in</html>'));
		expect(await failureOf(clientOf(server).request(get))).toMatchObject({
			code: 'CONCUR_BAD_BODY',
			message: containing('a login page or a proxy'),
		});
		expect(server.tokenCalls).toHaveLength(2);
	});

	test('that comes back in time is waited for', async () => {
		const server = await serveTokens((response, call) => {
			if (server.tokenCalls.length < 6) status(503)(response, call);
			else json(response, { access_token: 'good', expires_in: 3600 });
		});
		expect(await clientOf(server).request(get)).toMatchObject({ status: 200 });
	});
});

describe('A 401 that lasts', () => {
	test.each([1, 8, 30])('ends %i calls at once after one new token', async (callers) => {
		const server = await serveTokens(undefined, invalidUser);
		const client = clientOf(server, { concurrency: 8 });
		const failures = await Promise.all(
			Array.from({ length: callers }, () => failureOf(client.request(get))),
		);
		for (const failure of failures) expect(failure).toMatchObject({ code: 'CONCUR_UNAUTHORIZED' });
		expect(server.calls).toHaveLength(2 * callers);
		// Two for those under way at a time.
		expect(server.tokenCalls.length).toBeLessThanOrEqual(2 * Math.ceil(callers / 8) + 2);
	});

	test('of one API is not helped by a token that works for another', async () => {
		const server = await serveTokens(undefined, (response, call) => {
			(call.path.startsWith('/profile') ? invalidUser : ok)(response, call);
		});
		const client = clientOf(server);
		await client.request({ method: 'GET', path: '/travelrequest/v4/requests' });
		const users = { method: 'GET', path: '/profile/identity/v4.1/Users' } as const;
		expect(await failureOf(client.request(users))).toMatchObject({ code: 'CONCUR_UNAUTHORIZED' });
		expect([server.calls.length, server.tokenCalls.length]).toEqual([3, 2]);
	});

	test('of one call ends after three new tokens that work for others', async () => {
		const server = await serveTokens(undefined, (response, call) => {
			(call.path.endsWith('/bad') ? invalidUser : ok)(response, call);
		});
		const good = { method: 'GET', path: '/travelrequest/v4/good' } as const;
		const client = clientOf(server, {
			retry: {
				sleep: async () => {
					await client.request(good);
				},
			},
		});
		await client.request(good);
		const bad = { method: 'GET', path: '/travelrequest/v4/bad' } as const;
		// The second new token has not worked for anybody when it is refused, if nobody uses it.
		expect(await failureOf(client.request(bad))).toMatchObject({ code: 'CONCUR_UNAUTHORIZED' });
		expect(server.tokenCalls.length).toBeLessThanOrEqual(4);
	});
});

test('tokens that die after a few calls each are replaced as often as it takes', async () => {
	const uses = new Map<string, number>();
	const server = await serveTokens(undefined, (response, call) => {
		const token = call.headers.authorization ?? '';
		const count = (uses.get(token) ?? 0) + 1;
		uses.set(token, count);
		// A refusal comes faster than an answer does.
		if (count > 5) invalidUser(response, call);
		else setTimeout(() => ok(response, call), 5);
	});
	const client = clientOf(server, { concurrency: 8 });
	const answers = await Promise.all(Array.from({ length: 40 }, () => client.request(get)));
	expect(answers).toHaveLength(40);
});

describe('A host that cannot be reached', () => {
	test.each(['an API call', 'a token call'])('is given up within 30 s: %s', async (which) => {
		const address = await deadAddress();
		const server = await serve(ok);
		open.push(() => server.close());
		const { waits, retry } = longest();
		const access = { get: () => Promise.resolve({ baseUrl: address }), invalidate: () => true };
		const client = clientOf(server, {
			baseUrl: address,
			retry,
			...(which === 'an API call' && { access }),
		});
		const failure = await failureOf(client.request(get));
		expect(failure).toMatchObject({
			code: 'CONCUR_NETWORK',
			message: containing(`could not be reached at ${new URL(address).host}`),
			advice: containing('base address'),
		});
		expect(total(waits)).toBeGreaterThan(10_000);
		expect(total(waits)).toBeLessThan(30_000);
	});

	test('is waited for while it restarts', async () => {
		const address = await deadAddress();
		const server = await serve(ok);
		open.push(() => server.close());
		let baseUrl = address;
		const client = clientOf(server, {
			access: { get: () => Promise.resolve({ baseUrl }), invalidate: () => true },
			retry: {
				sleep: () => {
					baseUrl = server.origin;
					return Promise.resolve();
				},
			},
		});
		expect(await client.request(get)).toMatchObject({ status: 200 });
	});
});

describe('A Retry-After of hours', () => {
	test.each([
		[429, '10800', '3 hours'],
		[503, '86400', '24 hours'],
		[503, '301', '6 minutes'],
		[429, '864000', '10 days'],
	])('%i, %s seconds: the call ends and says when to come back', async (code, seconds, words) => {
		const server = await serveTokens(undefined, status(code, { 'retry-after': seconds }));
		const { waits, retry } = longest();
		const failure = await failureOf(clientOf(server, { retry }).request(get));
		expect(failure).toMatchObject({
			status: code,
			message: containing(`It asks to stay away for ${words}.`),
			advice: containing(`Start again in ${words}`),
		});
		expect(server.calls).toHaveLength(1);
		expect(total(waits)).toBeLessThanOrEqual(1000);
	});

	test('ends a POST as unknown where Concur may have acted', async () => {
		const server = await serveTokens(undefined, status(503, { 'retry-after': '10800' }));
		const failure = await failureOf(clientOf(server).request({ ...get, method: 'POST' }));
		expect(failure).toMatchObject({ code: 'CONCUR_OUTCOME_UNKNOWN' });
	});

	test('of one answer alone holds nobody else back; of two it holds all', async () => {
		let refused = 1;
		const server = await serveTokens(undefined, (response, call) => {
			(refused-- > 0 ? status(429, { 'retry-after': '10800' }) : ok)(response, call);
		});
		let nowMs = 0;
		const client = clientOf(server, { clock: { monotonicMs: () => nowMs, epochMs: () => 0 } });
		await failureOf(client.request(get));
		expect(await client.request(get)).toMatchObject({ status: 200 });
		refused = 2;
		for (let call = 0; call < 6; call++) {
			nowMs += 1000;
			const failure = await failureOf(client.request(get));
			expect(failure).toMatchObject({ code: 'CONCUR_RATE_LIMITED', status: 429 });
			expect((failure as ConcurError).message).toMatch(/^Concur answered 429 to GET \/x\. It asks/);
		}
		expect(server.calls).toHaveLength(4);
		nowMs += 10_800_000;
		expect(await client.request(get)).toMatchObject({ status: 200 });
	});
});

test("three waits of five minutes are a call's whole budget", async () => {
	const server = await serveTokens(undefined, status(503, { 'retry-after': '300' }));
	const { waits, sleep } = fakeSleep();
	await failureOf(clientOf(server, { retry: { sleep } }).request(get));
	expect(waits.length).toBeGreaterThanOrEqual(2);
	expect(total(waits)).toBeLessThanOrEqual(900_000);
	expect(server.calls.length).toBeLessThanOrEqual(4);
});

test('bursts of 429 and of 5xx in the middle of many calls are ridden out', async () => {
	const server = await serveTokens(undefined, (response, call) => {
		const place = server.calls.length % 50;
		(place < 6 ? status(place % 2 ? 429 : 502, { 'retry-after': '2' }) : ok)(response, call);
	});
	const client = clientOf(server, { concurrency: 8 });
	const answers = await Promise.all(Array.from({ length: 200 }, () => client.request(get)));
	expect(answers.every((answer) => answer.status === 200)).toBe(true);
});
