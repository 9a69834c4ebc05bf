import { inspect } from 'node:util';
import { createConcurClient } from '../../concur/client';
import { AuthError, ConfigurationError } from '../../concur/errors';
import {
	exchangeRequestToken,
	type SupplierApp,
} from '../../concur/connection-request/exchange-request-token';
import { listConnectionRequests } from '../../concur/connection-request/list-connection-requests';
import { listUserPolicies } from '../../concur/travel-request/lookups';
import type { FakeConcur } from '../../fake-concur/index';
import { startFake } from './fake-client';
import { containing, failureOf, fakeSleep, json, serve } from './serve';

function appOf(fake: FakeConcur): SupplierApp {
	const { clientId, clientSecret } = fake.credentials;
	const { sleep } = fakeSleep();
	return { baseUrl: fake.baseUrl, clientId, clientSecret, retry: { sleep } };
}

async function startWithRequest() {
	const { fake, client } = await startFake({ connectionRequests: 1 });
	const { items } = await listConnectionRequests(client, {}, { includeRequestToken: true });
	const [request] = items;
	if (!request) throw new Error('no connection request');
	return { fake, client, request };
}

test('the request token becomes the traveler’s own tokens, which work', async () => {
	const { fake, request } = await startWithRequest();
	const grant = await exchangeRequestToken(appOf(fake), request);
	expect(grant).toMatchObject({
		accessToken: expect.any(String),
		refreshToken: expect.any(String),
		geolocation: fake.baseUrl,
		lifetimeMs: 3_600_000,
	});
	const traveler = createConcurClient({
		baseUrl: fake.baseUrl,
		access: {
			get: () => Promise.resolve({ token: grant.accessToken, baseUrl: fake.baseUrl }),
			invalidate: () => false,
		},
	});
	// Refused to a company without a userId: so the token is the traveler's.
	expect(await listUserPolicies(traveler)).not.toHaveLength(0);
	await traveler.close();
});

test('a traveler who lives elsewhere is followed there', async () => {
	const { fake, request } = await startWithRequest();
	fake.faults.moved = true;
	expect(await exchangeRequestToken(appOf(fake), request)).toMatchObject({
		geolocation: fake.movedUrl,
	});
});

test('the form of the call', async () => {
	const server = await serve(() => undefined);
	const app = { baseUrl: server.origin, clientId: 'the-client', clientSecret: 'the-secret' };
	await exchangeRequestToken(app, { userId: 'U', requestToken: 'the-request-token' });
	await server.close();
	expect(Object.fromEntries(new URLSearchParams(server.tokenCalls[0]?.body))).toEqual({
		client_id: 'the-client',
		client_secret: 'the-secret',
		grant_type: 'password',
		username: 'U',
		password: 'the-request-token',
		credtype: 'authtoken',
	});
});

test('at Concur the call goes to the global host, and a given transport stays open', async () => {
	const urls: string[] = [];
	let closed = false;
	const app: SupplierApp = {
		baseUrl: 'https://us2.api.concursolutions.com',
		clientId: 'the-client',
		clientSecret: 'the-secret',
		transport: {
			send: async ({ url }) => {
				urls.push(url);
				const text = '{"access_token":"a","geolocation":"https://eu2.api.concursolutions.com"}';
				async function* body() {
					yield Buffer.from(text);
				}
				return { status: 200, headers: {}, body: body() };
			},
			close: async () => {
				closed = true;
			},
		},
	};
	const grant = await exchangeRequestToken(app, { userId: 'U', requestToken: 'the-request-token' });
	expect(urls).toEqual(['https://glz.api.concursolutions.com/oauth2/v0/token']);
	expect(grant.geolocation).toBe('https://eu2.api.concursolutions.com');
	expect(closed).toBe(false);
});

test.each<[string, { userId: string | null; requestToken?: string | null }, string]>([
	['a request of version 3.0', { userId: null, requestToken: 'the-request-token' }, '3.2'],
	['a request read without its token', { userId: 'U' }, 'request token included'],
	['a request whose token is null', { userId: 'U', requestToken: null }, 'request token included'],
])('%s is refused before anything is sent', async (_name, request, advice) => {
	const server = await serve(() => undefined);
	const app = { baseUrl: server.origin, clientId: 'the-client', clientSecret: 'the-secret' };
	const failure = await failureOf(exchangeRequestToken(app, request));
	await server.close();
	expect(failure).toBeInstanceOf(ConfigurationError);
	expect(failure).toMatchObject({ advice: containing(advice) });
	expect(inspect(failure)).not.toContain('the-request-token');
	expect(server.tokenCalls).toEqual([]);
});

test.each<[string, Partial<SupplierApp>, string]>([
	['a foreign host', { baseUrl: 'https://evil.example' }, 'HOST_NOT_ALLOWED'],
	['an empty secret', { clientSecret: '' }, 'INVALID_CREDENTIALS'],
])('%s never sees the token', async (_name, wrong, code) => {
	const { fake, request } = await startWithRequest();
	const failure = await failureOf(exchangeRequestToken({ ...appOf(fake), ...wrong }, request));
	expect(failure).toMatchObject({ code });
	expect(inspect(failure)).not.toContain(request.requestToken);
});

test('an expired request token is explained', async () => {
	const { fake, request } = await startWithRequest();
	fake.clock.advance(25 * 3_600_000);
	const failure = await failureOf(exchangeRequestToken(appOf(fake), request));
	expect(failure).toBeInstanceOf(AuthError);
	expect(failure).toMatchObject({
		code: 'CONCUR_AUTH_CREDENTIALS',
		concurCode: '5',
		advice: containing('read the connection request again'),
	});
});

test('a token call whose answer is lost is repeated', async () => {
	const { fake, request } = await startWithRequest();
	fake.faults.set({ kind: 'resetAfter', scope: 'token', times: 2 });
	expect(await exchangeRequestToken(appOf(fake), request)).toHaveProperty('refreshToken');
	expect(fake.faults.struck('resetAfter')).toBe(2);
});

test.each([400, 401, 403, 500])(
	'a %i that repeats the whole call shows no token',
	async (status) => {
		const server = await serve(
			() => undefined,
			(response, call) => {
				// Bare values, which only who sent them can know for secrets.
				const values = [...new URLSearchParams(call.body).values()].join(' and ');
				const error_description = `${call.body} was: ${values}`;
				json(response, { code: 5, error: 'invalid', error_description }, status);
			},
		);
		const requestToken = 'r3quest+t/ken=';
		const { sleep } = fakeSleep();
		const app = { baseUrl: server.origin, clientId: 'the-client', clientSecret: 'the-s3cret' };
		const failure = await failureOf(
			exchangeRequestToken({ ...app, retry: { sleep } }, { userId: 'U', requestToken }),
		);
		await server.close();
		const shown = inspect(failure, { depth: 10 });
		expect(failure).toMatchObject({ status });
		for (const secret of [requestToken, encodeURIComponent(requestToken), 'the-s3cret']) {
			expect(shown).not.toContain(secret);
		}
	},
);
