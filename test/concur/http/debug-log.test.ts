import { inspect } from 'node:util';
import { json } from '../serve';
import { clientOf, serveTokens } from '../token-server';

test('debug tells each call: method, path, status, milliseconds, attempt', async () => {
	const lines: object[] = [];
	const server = await serveTokens(undefined, (response) => {
		json(response, {}, server.calls.length === 1 ? 503 : 200);
	});
	const client = clientOf(server, {
		logger: {
			debug(facts) {
				lines.push(facts);
			},
			info() {},
			warn() {},
		},
	});
	const query = { userId: 'U-secret', modifiedAfter: '2026-01-01T00:00:00Z' };
	await client.request({ method: 'GET', path: '/travelrequest/v4/requests', query });
	const call = { method: 'GET', path: '/travelrequest/v4/requests', ms: expect.any(Number) };
	expect(lines).toEqual([
		{ method: 'POST', path: '/oauth2/v0/token', status: 200, ms: expect.any(Number), attempt: 1 },
		{
			...call,
			status: 503,
			attempt: 1,
			code: 'CONCUR_UNAVAILABLE',
			correlationId: expect.any(String),
		},
		{ ...call, status: 200, attempt: 2 },
	]);
	expect(inspect(lines)).not.toMatch(/U-secret|access-1/);
});
