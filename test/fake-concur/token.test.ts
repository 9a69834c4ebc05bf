import type { Client } from './client';
import { startClient, stopAll, text, member } from './client';

afterEach(stopAll);

const dayMs = 86_400_000;

describe('the token endpoint', () => {
	test.each([
		['client_credentials', {}, 'company', false],
		[
			'password',
			{ username: 'john.doe@fake-concur.example', password: '{password}' },
			'user',
			true,
		],
		[
			'password',
			{ username: '{company}', password: '{companyToken}', credtype: 'authtoken' },
			'company',
			true,
		],
		['refresh_token', { refresh_token: '{refresh}' }, 'company', true],
	])('grants %s %j a %s token', async (grant, form, kind, hasRefreshToken) => {
		const client = await startClient();
		const reply = await client.requestToken({ grant_type: grant, ...fill(client, form) });
		expect(reply.status).toBe(200);
		expect(claims(text(reply.json, 'access_token'))).toContain(`"concur.type":"${kind}"`);
		expect(member(reply.json, 'refresh_token') !== null).toBe(hasRefreshToken);
		expect(text(reply.json, 'geolocation')).toBe(client.fake.baseUrl);
	});

	test.each([
		[5, { grant_type: 'password', username: 'john.doe@fake-concur.example', password: 'no' }],
		[5, { grant_type: 'password', username: 'x', password: 'y', credtype: 'authtoken' }],
		[51, { grant_type: 'password', password: 'no' }],
		[52, { grant_type: 'password', username: 'no' }],
		[60, { grant_type: 'magic' }],
		[61, { grant_type: 'client_credentials', client_id: 'unknown' }],
		[62, { grant_type: 'client_credentials', client_id: '' }],
		[63, { grant_type: 'client_credentials', client_secret: '' }],
		[64, { grant_type: 'client_credentials', client_secret: 'wrong' }],
		[65, {}],
		[106, { grant_type: 'refresh_token' }],
		[108, { grant_type: 'refresh_token', refresh_token: 'unknown' }],
		[115, { grant_type: 'client_credentials', client_id: '', client_secret: '' }],
		[120, { grant_type: 'password', username: 'a', password: 'b', credtype: 'otp' }],
		[
			136,
			{ grant_type: 'password', username: 'x', password: '{companyToken}', credtype: 'authtoken' },
		],
	])('refuses with code %i: %j', async (code, form) => {
		const client = await startClient();
		const reply = await client.requestToken(fill(client, form));
		expect(reply.status).toBeGreaterThanOrEqual(400);
		expect(member(reply.json, 'code')).toBe(code);
		expect(text(reply.json, 'error')).not.toBe('');
		expect(text(reply.json, 'error_description')).not.toBe('');
	});

	test('writes expires_in as text and as number in turns', async () => {
		const client = await startClient({ accessTokenSeconds: 60 });
		const types = [];
		for (let n = 0; n < 2; n++) {
			const reply = await client.requestToken({ grant_type: 'client_credentials' });
			types.push(typeof member(reply.json, 'expires_in'));
		}
		expect(types.sort()).toEqual(['number', 'string']);
	});

	test('lets a company request token die after 24 hours', async () => {
		const client = await startClient();
		const form = fill(client, {
			grant_type: 'password',
			username: '{company}',
			password: '{companyToken}',
			credtype: 'authtoken',
		});
		client.fake.clock.advance(dayMs - 60_000);
		expect((await client.requestToken(form)).status).toBe(200);
		client.fake.clock.advance(120_000);
		expect(member((await client.requestToken(form)).json, 'code')).toBe(5);
	});

	test('lets access tokens expire by the clock', async () => {
		const client = await startClient({ accessTokenSeconds: 100 });
		client.fake.clock.advance(90_000);
		expect((await client.list()).status).toBe(200);
		client.fake.clock.advance(20_000);
		expect((await client.list()).status).toBe(401);
	});

	test('keeps a refresh token without rotation and kills it with rotation', async () => {
		const client = await startClient();
		const form = fill(client, { grant_type: 'refresh_token', refresh_token: '{refresh}' });
		const kept = await client.requestToken(form);
		expect(text(kept.json, 'refresh_token')).toBe(form['refresh_token']);
		client.fake.quirks.rotateRefreshTokens = true;
		const rotated = await client.requestToken(form);
		expect(text(rotated.json, 'refresh_token')).not.toBe(form['refresh_token']);
		expect(member((await client.requestToken(form)).json, 'code')).toBe(108);
	});

	test('sends clients to the new data centre after the move, without using up their token', async () => {
		const client = await startClient();
		client.fake.quirks.rotateRefreshTokens = true;
		client.fake.faults.moved = true;
		const form = fill(client, { grant_type: 'refresh_token', refresh_token: '{refresh}' });
		const refused = await client.requestToken(form);
		expect(member(refused.json, 'code')).toBe(16);
		expect(text(refused.json, 'geolocation')).toBe(client.fake.movedUrl);
		const granted = await client.requestToken(form, client.fake.movedUrl);
		expect(text(granted.json, 'geolocation')).toBe(client.fake.movedUrl);
		const again = await client.requestToken(form, client.fake.movedUrl);
		expect(member(again.json, 'code')).toBe(108);
	});

	test('exchanges the request token of a connection request for its own user only', async () => {
		const client = await startClient();
		const list = await client.get('/api/v3.2/common/connectionrequests?limit=1');
		const item = member(list.json, 'Items', 0);
		const form = {
			grant_type: 'password',
			credtype: 'authtoken',
			password: text(item, 'requestToken'),
		};
		const stranger = await client.requestToken({ ...form, username: 'somebody' });
		expect(member(stranger.json, 'code')).toBe(136);
		const granted = await client.requestToken({ ...form, username: text(item, 'userId') });
		expect(granted.status).toBe(200);
		client.fake.clock.advance(dayMs + 1000);
		const late = await client.requestToken({ ...form, username: text(item, 'userId') });
		expect(late.status).toBe(400);
	});

	test('lists every secret it configured or issued', async () => {
		const client = await startClient();
		expect(client.fake.secrets()).toEqual(
			expect.arrayContaining([
				client.token,
				client.fake.credentials.clientSecret,
				client.fake.credentials.refreshToken,
			]),
		);
	});
});

function fill(client: Client, form: Record<string, string>): Record<string, string> {
	const { password, companyId, companyRequestToken, refreshToken } = client.fake.credentials;
	const values: Record<string, string> = {
		'{password}': password,
		'{company}': companyId,
		'{companyToken}': companyRequestToken,
		'{refresh}': refreshToken,
	};
	const filled = Object.entries(form).map(([name, value]): [string, string] => [
		name,
		values[value] ?? value,
	]);
	return Object.fromEntries(filled);
}

function claims(token: string): string {
	return Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
}
