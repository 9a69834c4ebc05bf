import type { ConcurClient } from '../../../concur/client';
import { json, type Answer } from '../serve';
import { clientOf, company, get, refresh, serveTokens } from '../token-server';

const NOW = Date.UTC(2026, 5, 1);
const DAY = 86_400;
const inSeconds = (days: number) => NOW / 1000 + days * DAY;
const clock = { monotonicMs: () => 0, epochMs: () => NOW };

const answering =
	(end: unknown, headers: Record<string, string> = {}): Answer =>
	(response) => {
		response.sendDate = false;
		const body = { access_token: 'a-token', refresh_token: 'r-1', refresh_expires_in: end };
		json(response, body, 200, headers);
	};

/** What the client says of the token; that the clocks of these tests disagree is another matter. */
const toldOf = (client: ConcurClient) =>
	client.warnings().filter(({ code }) => code === 'REFRESH_TOKEN_ENDS');

test.each<[string, unknown, string | undefined]>([
	['13 days off, as Concur writes it', inSeconds(13), '2026-06-14'],
	['as text', String(inSeconds(13)), '2026-06-14'],
	['in milliseconds', inSeconds(13) * 1000, '2026-06-14'],
	['as a length', 13 * DAY, '2026-06-14'],
	['15 days off', inSeconds(15), undefined],
	['half a year, as a length', 180 * DAY, undefined],
	['already over, although the token was just given', 1_700_000_000, undefined],
	['zero', 0, undefined],
	['null', null, undefined],
	['words', 'soon', undefined],
])('a refresh token whose end is told %s', async (_how, end, day) => {
	const server = await serveTokens(answering(end));
	const client = clientOf(server, { credentials: refresh, clock });
	await client.request(get);
	expect(toldOf(client).map(({ code, message }) => [code, message])).toEqual(
		day === undefined
			? []
			: [
					[
						'REFRESH_TOKEN_ENDS',
						`The refresh token ends on ${day}; from then on nothing can be read.`,
					],
				],
	);
});

test("is measured by the answer's own date, not by this machine's", async () => {
	const server = await serveTokens(
		answering(inSeconds(13), { date: new Date(NOW - 300 * DAY * 1000).toUTCString() }),
	);
	const client = clientOf(server, { credentials: refresh, clock });
	await client.request(get);
	expect(toldOf(client)).toEqual([]);
});

test('the warning goes when a later token lives longer', async () => {
	const server = await serveTokens((response, call) => {
		answering(inSeconds(server.tokenCalls.length === 1 ? 3 : 180))(response, call);
	});
	let nowMs = 0;
	const client = clientOf(server, {
		credentials: company,
		clock: { ...clock, monotonicMs: () => nowMs },
	});
	await client.request(get);
	expect(toldOf(client)).toHaveLength(1);
	nowMs = 3_600_000;
	await client.request(get);
	expect(toldOf(client)).toEqual([]);
});

test('a password gets new refresh tokens, so that nobody need be warned', async () => {
	const server = await serveTokens(answering(inSeconds(3)));
	const client = clientOf(server, {
		credentials: {
			...company,
			grantType: 'password',
			credentialType: 'password',
			username: 'ann',
			password: 'secret',
		},
		clock,
	});
	await client.request(get);
	expect(toldOf(client)).toEqual([]);
});
