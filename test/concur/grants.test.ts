import { parseCredentials, type Credentials } from '../../concur/auth/credentials';
import { containing, failureOf, json } from './serve';
import { app, clientOf, company, formOf, get, refresh, serveTokens } from './token-server';

test.each<[Credentials, Record<string, string>]>([
	[{ grantType: 'client_credentials', ...app }, { grant_type: 'client_credentials' }],
	[
		{
			grantType: 'password',
			...app,
			username: 'ann@x.example',
			password: 'p&ss wörd',
			credentialType: 'password',
		},
		{
			grant_type: 'password',
			username: 'ann@x.example',
			password: 'p&ss wörd',
			credtype: 'password',
		},
	],
	[
		company,
		{
			grant_type: 'password',
			username: 'company-uuid',
			password: 'request-token-1',
			credtype: 'authtoken',
		},
	],
	[refresh, { grant_type: 'refresh_token', refresh_token: 'refresh-0' }],
])('grant %#', async (credentials, form) => {
	const server = await serveTokens();
	await clientOf(server, { credentials }).request(get);
	expect(formOf(server)).toEqual({
		client_id: app.clientId,
		client_secret: app.clientSecret,
		...form,
	});
	const call = server.tokenCalls[0];
	expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
	expect(call?.headers['transfer-encoding']).toBeUndefined();
	expect(call?.headers['content-length']).toBe(String(Buffer.byteLength(call?.body ?? '')));
	expect(server.calls[0]?.headers.authorization).toBe('Bearer access-1');
});

test.each([
	[{}, 'grantType'],
	[{ grantType: 'password', ...app, username: 'u' }, 'password'],
	[{ grantType: 'refresh_token', clientId: 'i', refreshToken: 'r' }, 'clientSecret'],
	[
		{ grantType: 'password', ...app, username: 'u', password: 'p', credentialType: 'x' },
		'credentialType',
	],
])('credentials %# are refused naming the field', (input, field) => {
	expect(() => parseCredentials(input)).toThrow(field);
});

test('the credential type is password unless told', () => {
	expect(
		parseCredentials({ grantType: 'password', ...app, username: 'u', password: 'p' }),
	).toMatchObject({
		credentialType: 'password',
	});
});

test('fifty calls at once share one token call', async () => {
	const server = await serveTokens((response) => {
		setImmediate(() => {
			json(response, { access_token: 'one-token', expires_in: 3600 });
		});
	});
	const client = clientOf(server);
	await Promise.all(Array.from({ length: 50 }, () => client.request(get)));
	expect(server.tokenCalls).toHaveLength(1);
	expect(server.calls).toHaveLength(50);
});

test('one caller giving up does not end the token call of the others', async () => {
	const controller = new AbortController();
	const server = await serveTokens((response) => {
		controller.abort(new Error('enough'));
		json(response, { access_token: 'one-token' });
	});
	const client = clientOf(server);
	const [first, second] = await Promise.allSettled([
		client.request({ ...get, signal: controller.signal }),
		client.request(get),
	]);
	expect(first).toMatchObject({ status: 'rejected', reason: new Error('enough') });
	expect(second.status).toBe('fulfilled');
	expect(server.tokenCalls).toHaveLength(1);
});

test.each([
	[5, 'CONCUR_AUTH_CREDENTIALS', 'user name'],
	[14, 'CONCUR_AUTH_ACCOUNT', 'administrator'],
	[53, 'CONCUR_AUTH_CLIENT', 'App Center'],
	[54, 'CONCUR_AUTH_SCOPE', 'scopes'],
	[60, 'CONCUR_AUTH_GRANT', 'grant type'],
	[61, 'CONCUR_AUTH_CLIENT', 'client ID'],
	[115, 'CONCUR_AUTH_CLIENT', 'client ID'],
	[120, 'CONCUR_AUTH_GRANT', 'credential type'],
	[134, 'CONCUR_AUTH_ACCOUNT', 'maintenance'],
	[136, 'CONCUR_AUTH_CREDENTIALS', 'request token'],
	[999, 'CONCUR_AUTH_REFUSED', 'client ID'],
])('OAuth2 code %i becomes %s with advice', async (code, expected, advice) => {
	const server = await serveTokens((response) => {
		json(response, { code, error: 'invalid_grant', error_description: 'No.' }, 400);
	});
	expect(await failureOf(clientOf(server).request(get))).toMatchObject({
		code: expected,
		concurCode: String(code),
		status: 400,
		advice: containing(advice),
	});
	expect(server.tokenCalls).toHaveLength(1);
});

test('a fault of the token service is retried', async () => {
	const server = await serveTokens((response) => {
		if (server.tokenCalls.length < 3) json(response, {}, 503);
		else json(response, { access_token: 'a-token' });
	});
	await clientOf(server).request(get);
	expect(server.tokenCalls).toHaveLength(3);
});
