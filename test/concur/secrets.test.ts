import { inspect } from 'node:util';
import { ConcurError } from '../../concur/errors';
import { createSecrets } from '../../concur/secrets';
import { appCredentials, failureOf, json, serve, testClient, type Answer } from './serve';

test('known secrets go, also URL-encoded ones', () => {
	const secrets = createSecrets();
	secrets.remember('p&ss wörd');
	secrets.remember('p&ss wörd and more');
	secrets.remember(undefined);
	secrets.remember('ab');
	expect(secrets.redact('p&ss wörd p%26ss%20w%C3%B6rd p%26ss+w%C3%B6rd ab')).toBe(
		'[redacted] [redacted] [redacted] ab',
	);
	expect(secrets.redact('(p&ss wörd and more)')).toBe('([redacted])');
});

test.each([
	['Authorization: Bearer abc.def-123 was refused', 'Authorization: Bearer [redacted] was refused'],
	['{"requestToken":"5l85ae5a","id":1}', '{"requestToken":"[redacted]","id":1}'],
	['<RequestToken>5l85ae5a</RequestToken>', '<RequestToken>[redacted]</RequestToken>'],
	['?requestToken=5l85ae5a&userId=1', '?requestToken=[redacted]&userId=1'],
	['refresh_token: r-1, rest', 'refresh_token: [redacted], rest'],
	['jwt eyJhbGciOi.eyJzdWIiOi.c2ln here', 'jwt [redacted] here'],
	['jwt eyJhbGciOiJSUzI1NiIsInR5 cut off', 'jwt [redacted] cut off'],
	['You sent Basic dXNlcjpwYXNz.', 'You sent Basic [redacted].'],
	['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic [redacted]'],
	['"authorization":"abc123"', '"authorization":"[redacted]"'],
	['X-API-Key: 0a1b2c', 'X-API-Key: [redacted]'],
	['Basic authentication is off', 'Basic authentication is off'],
	['nothing to hide', 'nothing to hide'],
])('%s', (text, clean) => {
	expect(createSecrets().redact(text)).toBe(clean);
});

const leaky = (token: string) => `You sent Bearer ${token} ${token} with requestToken=rt-12345`;

test.each<[string, (token: string) => Answer]>([
	[
		'v4 error',
		(token) => (response) => {
			json(response, { errors: [{ errorCode: `c-${token}`, errorMessage: leaky(token) }] }, 400);
		},
	],
	[
		'v3 JSON error',
		(token) => (response) => {
			json(response, { Error: { Message: leaky(token), Id: 'x' } }, 403);
		},
	],
	[
		'v3 XML error',
		(token) => (response) => {
			response.writeHead(400).end(`<Error><Message>${leaky(token)}</Message></Error>`);
		},
	],
	[
		'web page',
		(token) => (response) => {
			response.writeHead(502).end(`<html><title>${leaky(token)}</title></html>`);
		},
	],
	[
		'body that is not JSON',
		(token) => (response) => {
			response.end(leaky(token));
		},
	],
	[
		'long message',
		(token) => (response) => {
			json(response, { message: `${'x'.repeat(295 - 60)} ${token.repeat(40)}` }, 400);
		},
	],
])('a %s that echoes the token leaks nothing', async (_name, answer) => {
	const token = 'tok-0123456789abcdef';
	const server = await serve(answer(token), (response) => {
		json(response, { access_token: token, refresh_token: 'ref-0123456789' });
	});
	const lines: string[] = [];
	const log = (facts: object, message: string) => lines.push(inspect(facts), message);
	const client = testClient(server, {
		retry: { attempts: 2 },
		logger: { debug: log, info: log, warn: log },
	});
	const failure = await failureOf(client.request({ method: 'GET', path: '/x' }));
	expect(failure).toBeInstanceOf(ConcurError);
	const shown = `${inspect(failure, { depth: 10, showHidden: true })} ${JSON.stringify(failure)} ${lines.join(' ')}`;
	for (const secret of [token, 'tok-0123', 'ref-0123', 'rt-12345', appCredentials.clientSecret]) {
		expect(shown).not.toContain(secret);
	}
	await client.close();
	await server.close();
});

test('a refusal of the token service leaks no credentials', async () => {
	const server = await serve(
		() => undefined,
		(response, call) => {
			json(response, { code: 5, error: 'invalid_grant', error_description: call.body }, 400);
		},
	);
	const client = testClient(server, {
		credentials: {
			grantType: 'password',
			clientId: 'id',
			clientSecret: 'client/secret',
			username: 'ann@x.example',
			password: 'p&ss wörd',
			credentialType: 'password',
		},
	});
	const shown = inspect(await failureOf(client.request({ method: 'GET', path: '/x' })), {
		depth: 10,
	});
	expect(shown).not.toMatch(/client\/secret|client%2Fsecret|ss\+w|ss w/);
	await client.close();
	await server.close();
});
