import { join } from 'node:path';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createSqliteSink } from '../../pipelines/sinks/sqlite/sqlite-sink';
import { exportOnce } from '../support/export-once';
import { startFake } from '../support/start-fake';
import { makeWorkspace } from '../support/workspace';
import { startGateway, type Answer, type Call } from './gateway';
import { playTable, type Scene } from './scene';
import { change, detailOf, html, isList, json } from './twists';

const notHttp = { bytes: 'SSH-2.0-OpenSSH_9.6\r\n' };

function isToken({ path }: Call): boolean {
	return path === '/oauth2/v0/token';
}

/** Everything that a scene has written, as text. */
function contentOf({ target }: Scene): string {
	const place = target.slice(target.indexOf(':') + 1);
	const read = (path: string): string =>
		statSync(path).isDirectory()
			? readdirSync(path)
					.map((name) => read(join(path, name)))
					.join('')
			: readFileSync(path, 'latin1');
	return read(place);
}

playTable('The way to Concur', [
	{
		server: 'every third answer is not HTTP',
		comesOut: 'right all the same',
		twist: (call, pass) => (call.nth % 3 === 1 ? notHttp : pass()),
		async play({ run, missing }) {
			const { code, summary } = await run();
			expect(summary.errors).toEqual([]);
			expect(code).toBe(0);
			expect(missing()).toEqual([]);
		},
	},
	{
		server: 'no detail comes as HTTP',
		comesOut: 'a line of JSON, dead letters, exit 3',
		world: { requests: 5 },
		twist: (call, pass) => (detailOf(call) === undefined ? pass() : notHttp),
		async play({ run }) {
			const { code, summary } = await run();
			expect(code).toBe(3);
			expect(summary).toMatchObject({ status: 'incomplete', deadLetters: 5 });
		},
	},
	{
		server: 'nothing that answers speaks HTTP',
		comesOut: 'a line of JSON that says so, exit 1',
		twist: () => notHttp,
		async play({ run, gateway }) {
			const { code, summary } = await run();
			expect(code).toBe(1);
			expect(summary.errors[0]).toMatchObject({
				code: 'CONCUR_NETWORK',
				message: expect.stringContaining(
					`What answered at ${new URL(gateway.origin).host} to GET /travelrequest/v4/requests does not speak HTTP.`,
				),
			});
		},
	},
	{
		server: 'a login page with status 200 for every call',
		comesOut: 'two tries, and a sentence that names a login page or proxy',
		twist: () => html(200, 'Sign in'),
		async play({ run, gateway }) {
			const { code, summary } = await run(['--concurrency', '1']);
			expect(code).toBe(1);
			expect(summary.errors[0]?.message).toContain('a login page or a proxy');
			expect(gateway.calls.length).toBe(2);
		},
	},
	{
		server: 'a login page in place of one answer',
		comesOut: 'right all the same',
		twist: (call, pass) => (isList(call) && call.nth === 2 ? html(200, 'Sign in') : pass()),
		async play({ run, missing }) {
			expect((await run()).code).toBe(0);
			expect(missing()).toEqual([]);
		},
	},
	{
		server: 'its correlation ids reflect the Authorization header',
		comesOut: 'no token on stdout, on stderr or in the target',
		twist: async (call, pass) => {
			const token = (call.headers['authorization'] ?? '').replace('Bearer ', '');
			const reflect = (answer: Answer): Answer => ({
				...answer,
				headers: {
					...answer.headers,
					'concur-correlationid': call.nth % 2 ? `Bearer ${token}` : token,
				},
			});
			const id = detailOf(call);
			if (id === undefined || id < '8') return reflect(await pass());
			return reflect(json({ Error: { Message: `Sent: ${token}`, Id: token } }, 500));
		},
		async play(scene) {
			const { code, summary, stdout, stderr } = await scene.run();
			expect(code).toBe(3);
			expect(summary.deadLetters).toBeGreaterThan(0);
			const token = /Bearer (\S+)/.exec(
				scene.gateway.calls[0]?.headers['authorization'] ?? '',
			)?.[1];
			expect(token).toBeDefined();
			for (const text of [stdout, stderr, contentOf(scene)]) expect(text).not.toContain(token);
		},
	},
	{
		server: 'it asks to stay away for hours',
		comesOut: 'a few calls, and a sentence that says for how long',
		twist: () => json({}, 429, { 'retry-after': '10800' }),
		async play({ run, gateway }) {
			const { code, summary } = await run();
			expect(code).toBe(1);
			expect(summary.errors[0]?.message).toContain('It asks to stay away for 3 hours.');
			expect(gateway.calls.length).toBeLessThanOrEqual(8);
		},
	},
	{
		server: 'every call is answered 401 without a body',
		comesOut: 'two calls, and the scope by its name',
		twist: () => ({ status: 401, headers: {}, body: '' }),
		async play({ run, gateway }) {
			const { code, summary } = await run();
			expect(code).toBe(1);
			expect(summary.errors[0]).toMatchObject({
				code: 'CONCUR_UNAUTHORIZED',
				advice: expect.stringMatching(/scope travelrequest\.write/),
			});
			expect(gateway.calls.length).toBe(2);
		},
	},
	{
		server: 'the token lacks the scope, which a page of HTML says with 403',
		comesOut: 'the scope by its name',
		alsoTokens: true,
		twist: async (call, pass) => {
			if (!isToken(call)) return html(403, 'Forbidden');
			return change(await pass(), (grant) => ({ ...grant, scope: 'CONREQ openid' }));
		},
		async play({ run }) {
			const { code, summary } = await run();
			expect(code).toBe(1);
			expect(summary.errors[0]).toMatchObject({
				code: 'CONCUR_FORBIDDEN',
				advice: expect.stringContaining('Add the scope travelrequest.write to the app'),
			});
		},
	},
	{
		server: 'every second 400 is a database deadlock',
		comesOut: 'right all the same',
		twist: (call, pass) =>
			call.nth % 2
				? json({ message: 'The request encountered a database deadlock.' }, 400)
				: pass(),
		async play({ run, missing }) {
			expect((await run()).code).toBe(0);
			expect(missing()).toEqual([]);
		},
	},
]);

test.each([
	['ends next week', 7, ['REFRESH_TOKEN_ENDS']],
	['ended years ago, by a figure that cannot be right', -1000, []],
])('a refresh token that %s', async (_what, days, codes) => {
	const fake = await startFake({ requests: 3, documentedExamples: false });
	const gateway = await startGateway(fake, { alsoTokens: true });
	gateway.twist(async (call, pass) => {
		const answer = await pass();
		if (!isToken(call)) return answer;
		const end = Math.floor(Date.now() / 1000) + days * 86_400;
		return change(answer, (grant) => ({
			...grant,
			refresh_token: 'the-next-one',
			refresh_expires_in: end,
		}));
	});
	const { clientId, clientSecret, refreshToken } = fake.credentials;
	const sink = createSqliteSink(join(makeWorkspace('hostile'), 'target.db'));
	const summary = await exportOnce(fake, sink, {
		client: {
			baseUrl: gateway.origin,
			credentials: { grantType: 'refresh_token', clientId, clientSecret, refreshToken },
		},
	});
	expect(summary.errors).toEqual([]);
	expect(summary.warnings.map(({ code }) => code)).toEqual(codes);
	await gateway.close();
});
