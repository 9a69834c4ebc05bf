import { MemoryTokenStore } from '../../concur/auth/token-store';
import type { Transport, TransportRequest } from '../../concur/transport';
import { failureOf, json, type Answer } from './serve';
import { clientOf, company, formOf, get, refresh, serveTokens } from './token-server';

test('calls and refreshes go where the token lives', async () => {
	const home = await serveTokens();
	const first = await serveTokens((response) => {
		json(response, {
			access_token: 'a-token',
			refresh_token: 'refresh-1',
			geolocation: home.origin,
		});
	});
	const client = clientOf(first, { credentials: refresh });
	await client.request(get);
	expect([first.calls.length, home.calls.length]).toEqual([0, 1]);
	const store = new MemoryTokenStore();
	await clientOf(first, { credentials: refresh, tokenStore: store }).request(get);
	await clientOf(first, { credentials: refresh, tokenStore: store }).request(get);
	expect([first.tokenCalls.length, home.tokenCalls.length]).toEqual([2, 1]);
	expect(formOf(home)['refresh_token']).toBe('refresh-1');
});

test('a geolocation elsewhere is not followed', async () => {
	const server = await serveTokens((response) => {
		json(response, {
			access_token: 'a-token',
			geolocation: 'https://us2.api.concursolutions.com',
		});
	});
	await clientOf(server).request(get);
	expect(server.calls).toHaveLength(1);
});

test('code 16 moves the token call to the place it names', async () => {
	const home = await serveTokens();
	const first = await serveTokens((response) => {
		json(response, { code: 16, error: 'invalid_request', geolocation: home.origin }, 400);
	});
	await clientOf(first).request(get);
	expect([first.tokenCalls.length, home.tokenCalls.length, home.calls.length]).toEqual([1, 1, 1]);
});

test('code 16 naming a foreign host is an error', async () => {
	const server = await serveTokens((response) => {
		json(
			response,
			{ code: 16, error: 'invalid_request', geolocation: 'https://evil.example' },
			400,
		);
	});
	expect(await failureOf(clientOf(server).request(get))).toMatchObject({
		code: 'CONCUR_AUTH_GEOLOCATION',
		concurCode: '16',
	});
	expect(server.tokenCalls).toHaveLength(1);
});

test('servers that name each other do not loop', async () => {
	const origins: string[] = [];
	const bounce: Answer = (response, call) => {
		const other = origins.find((origin) => !origin.endsWith(call.headers.host ?? '')) ?? '';
		json(response, { code: 16, error: 'invalid_request', geolocation: other }, 400);
	};
	const [a, b] = [await serveTokens(bounce), await serveTokens(bounce)];
	origins.push(a.origin, b.origin);
	expect(await failureOf(clientOf(a).request(get))).toMatchObject({ concurCode: '16' });
	expect(a.tokenCalls.length + b.tokenCalls.length).toBe(4);
});

test('a request token is exchanged at glz, everything later happens at its geolocation', async () => {
	const sent: TransportRequest[] = [];
	const transport: Transport = {
		send(request) {
			sent.push(request);
			const body = request.url.endsWith('/token')
				? '{"access_token":"a-token","refresh_token":"r-token","geolocation":"https://eu2.api.concursolutions.com"}'
				: '{}';
			async function* pieces() {
				yield await Promise.resolve(Buffer.from(body));
			}
			return Promise.resolve({ status: 200, headers: {}, body: pieces() });
		},
	};
	const server = await serveTokens();
	const options = {
		baseUrl: 'https://us2.api.concursolutions.com',
		transport,
		credentials: company,
	};
	await clientOf(server, options).request(get);
	expect(sent.map(({ url }) => url)).toEqual([
		'https://glz.api.concursolutions.com/oauth2/v0/token',
		'https://eu2.api.concursolutions.com/x',
	]);
});
