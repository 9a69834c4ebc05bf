import { inspect } from 'node:util';
import { ConcurError } from '../../../concur/errors';
import { failureOf, json, type Answer } from '../serve';
import { clientOf, get, serveTokens } from '../token-server';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const token = 'tok-0123456789abcdef';

const answering =
	(status: number, headers: Record<string, string>, body: unknown = {}): Answer =>
	(response) => {
		json(response, body, status, headers);
	};

test.each<[string, string]>([
	['a UUID', '4BA1F7D4-6C32-4D31-9E24-5F07E21B8C11'],
	['a short name of a call', '1-5759e988:bd862e3fe1be46a9'],
])('%s is kept', async (_what, id) => {
	const server = await serveTokens(undefined, answering(404, { 'concur-correlationid': id }));
	const client = clientOf(server);
	expect(await failureOf(client.request(get))).toMatchObject({ correlationId: id });
	expect(client.stats().failures).toEqual([id]);
});

const reflections: [string, string][] = [
	['the Authorization header', `Bearer ${token}`],
	['the token alone', token],
	['the end of a longer id', `id-${token}`],
	['Basic credentials', 'Basic dXNlcjpwYXNzd29yZA=='],
	['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
	['words', 'see the log'],
	['markup', '<b>x</b>'],
	['nothing', ''],
	['more than an id', 'a'.repeat(200)],
];

test.each(reflections)('%s in its place gives way to the id that we sent', async (_what, value) => {
	for (const [status, name] of [
		[404, 'concur-correlationid'],
		[404, 'correlationid'],
		[200, 'concur-correlationid'],
	] as const) {
		const server = await serveTokens(
			(response) => {
				json(response, { access_token: token, expires_in: 3600 });
			},
			answering(status, { [name]: value }),
		);
		const client = clientOf(server);
		const outcome: unknown = await client.request(get).catch((error: unknown) => error);
		const id = outcome instanceof ConcurError ? outcome.correlationId : idOf(outcome);
		expect(id).toBe(server.calls[0]?.headers['concur-correlationid']);
		expect(inspect([outcome, client.stats()], { depth: 6 })).not.toContain(
			status === 404 ? token : 'nothing else',
		);
	}
});

test.each(reflections)(
	'%s in the body of an error of the v3 family does so, too',
	async (_what, value) => {
		const server = await serveTokens(
			(response) => {
				json(response, { access_token: token, expires_in: 3600 });
			},
			answering(404, {}, { Error: { Message: 'No.', Id: value } }),
		);
		const failure = await failureOf(clientOf(server).request(get));
		expect(failure).toMatchObject({ correlationId: expect.stringMatching(UUID) });
	},
);

test("the token service's answers are held to the same", async () => {
	const server = await serveTokens((response) => {
		const secret = { correlationid: 'the-client-secret' };
		json(response, { code: 61, error: 'invalid_client' }, 400, secret);
	});
	expect(await failureOf(clientOf(server).request(get))).toMatchObject({
		code: 'CONCUR_AUTH_CLIENT',
		correlationId: expect.stringMatching(UUID),
	});
});

function idOf(answer: unknown): unknown {
	return (answer as { correlationId?: unknown }).correlationId;
}
