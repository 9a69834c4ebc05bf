import { MemoryTokenStore, type StoredTokens } from '../../concur/auth/token-store';
import { containing, failureOf, json, serve, type Answer, type TestServer } from './serve';
import { clientOf, company, formOf, get, open, refresh, serveTokens } from './token-server';

describe('the rotating refresh token', () => {
	const rotate =
		(server: () => TestServer): Answer =>
		(response, call) => {
			const form = new URLSearchParams(call.body);
			const count = server().tokenCalls.length;
			if (form.get('refresh_token') === 'refresh-dead') {
				json(response, { code: 108, error: 'invalid_grant' }, 400);
			} else {
				json(response, { access_token: `token-${count}`, refresh_token: `refresh-${count}` });
			}
		};

	async function serveRotation(): Promise<TestServer> {
		const server: TestServer = await serveTokens(rotate(() => server));
		return server;
	}

	test('is written before its access token is used', async () => {
		const order: string[] = [];
		const server = await serve(
			(response) => {
				order.push('call');
				json(response, {});
			},
			(response) => {
				order.push('token');
				json(response, { access_token: 'a-token', refresh_token: 'refresh-1' });
			},
		);
		open.push(() => server.close());
		class SlowStore extends MemoryTokenStore {
			override async write(tokens: StoredTokens): Promise<void> {
				await new Promise((resolve) => setImmediate(resolve));
				order.push('write');
				await super.write(tokens);
			}
		}
		const tokenStore = new SlowStore();
		await clientOf(server, { credentials: refresh, tokenStore }).request(get);
		expect(order).toEqual(['token', 'write', 'call']);
		expect(await tokenStore.read()).toMatchObject({ refreshToken: 'refresh-1' });
	});

	test('goes on where the store left off', async () => {
		const server = await serveRotation();
		const tokenStore = new MemoryTokenStore();
		for (let run = 0; run < 3; run++) {
			await clientOf(server, { credentials: refresh, tokenStore }).request(get);
		}
		expect([0, 1, 2].map((call) => formOf(server, call)['refresh_token'])).toEqual([
			'refresh-0',
			'refresh-1',
			'refresh-2',
		]);
	});

	test('a newly configured token wins over a descendant of the old one', async () => {
		const server = await serveRotation();
		const tokenStore = new MemoryTokenStore();
		await clientOf(server, { credentials: refresh, tokenStore }).request(get);
		const credentials = { ...refresh, refreshToken: 'refresh-new' };
		await clientOf(server, { credentials, tokenStore }).request(get);
		expect(formOf(server, 1)['refresh_token']).toBe('refresh-new');
	});

	test('of a company grant is preferred to the request token, which dies after a day', async () => {
		const server = await serveRotation();
		const tokenStore = new MemoryTokenStore();
		await clientOf(server, { credentials: company, tokenStore }).request(get);
		await clientOf(server, { credentials: company, tokenStore }).request(get);
		expect([0, 1].map((call) => formOf(server, call)['grant_type'])).toEqual([
			'password',
			'refresh_token',
		]);
	});

	test('that is refused gives way to the configured grant', async () => {
		const server = await serveRotation();
		const tokenStore = new MemoryTokenStore();
		await clientOf(server, { credentials: company, tokenStore }).request(get);
		const stored = await tokenStore.read();
		if (stored) await tokenStore.write({ ...stored, refreshToken: 'refresh-dead' });
		await clientOf(server, { credentials: company, tokenStore }).request(get);
		expect([1, 2].map((call) => formOf(server, call)['grant_type'])).toEqual([
			'refresh_token',
			'password',
		]);
	});

	test('that is refused and has no other grant is an error with advice', async () => {
		const server = await serveRotation();
		const credentials = { ...refresh, refreshToken: 'refresh-dead' };
		expect(await failureOf(clientOf(server, { credentials }).request(get))).toMatchObject({
			code: 'CONCUR_AUTH_REFRESH_TOKEN',
			concurCode: '108',
			advice: containing('Connect the app again'),
		});
		expect(server.tokenCalls).toHaveLength(1);
	});

	test('that could not be written is kept in the process and written the next time', async () => {
		const server = await serveRotation();
		class FullStore extends MemoryTokenStore {
			full = true;
			override write(tokens: StoredTokens): Promise<void> {
				return this.full ? Promise.reject(new Error('disk full')) : super.write(tokens);
			}
		}
		const tokenStore = new FullStore();
		const client = clientOf(server, { credentials: refresh, tokenStore });
		expect(await failureOf(client.request(get))).toEqual(new Error('disk full'));
		expect(server.calls).toHaveLength(0);
		tokenStore.full = false;
		await client.request(get);
		expect(formOf(server, 1)['refresh_token']).toBe('refresh-1');
	});
});
