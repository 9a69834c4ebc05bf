import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeConcur } from '../../../fake-concur';
import { compareWithWorld, NO_DIFFERENCE } from '../../support/compare-with-world';
import { readCsv, readSqlite } from '../../support/read-target';
import { clockEnv, fakeEnv, runCli, startCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const HOUR = 3_600_000;

async function startWorld(options: Parameters<typeof startFake>[0] = {}): Promise<FakeConcur> {
	const fake = await startFake({ requests: 60, ...options });
	fake.clock.advance(HOUR);
	return fake;
}

describe('sap-concur-export run', () => {
	it('prints one line of JSON with exactly the documented members', async () => {
		const fake = await startWorld();
		const file = join(makeWorkspace('cli'), 'target.db');
		const result = await runCli(['run', '--to', `sqlite:${file}`, '--json'], {
			env: fakeEnv(fake),
		});
		expect(result).toMatchObject({ code: 0, stderr: '' });
		expect(result.stdout.endsWith('}\n')).toBe(true);
		expect(JSON.parse(result.stdout)).toEqual({
			runId: expect.stringMatching(/^\d{8}T/),
			status: 'complete',
			tables: { travel_requests: { inserted: 65, updated: 0, unchanged: 0, deleted: 0 } },
			calls: expect.any(Number),
			retries: 0,
			throttledMs: 0,
			windows: { closed: expect.any(Number), open: 0 },
			since: '1970-01-01T00:00:00.000Z',
			watermark: expect.stringMatching(/^\d{4}-.*Z$/),
			deadLetters: 0,
			skipped: 0,
			durationMs: expect.any(Number),
			drift: {},
			errors: [],
			warnings: [],
		});
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
	});

	it('prints a short summary for people otherwise, and what changed the next time', async () => {
		const fake = await startWorld();
		const file = join(makeWorkspace('cli'), 'target.db');
		const run = () => runCli(['run', '--to', `sqlite:${file}`], { env: fakeEnv(fake) });
		expect((await run()).stdout).toContain('travel_requests: 65 new, 0 changed');
		expect((await run()).stdout).toContain('nothing new');
		fake.world.schedule({ edits: 3, creates: 2, deletes: 0 });
		fake.clock.advance(HOUR);
		expect((await run()).stdout).toMatch(/travel_requests: 2 new, [123] changed/);
	});

	it.each(['', '?compress=gz', '?compress=zst'])('writes CSV files %s', async (options) => {
		const fake = await startWorld();
		const directory = join(makeWorkspace('cli'), 'out');
		const result = await runCli(['run', '--detail', 'full', '--to', `csv:${directory}${options}`], {
			env: fakeEnv(fake),
		});
		expect(result).toMatchObject({ code: 0, stderr: '' });
		expect(readCsv(directory).map(({ id }) => id)).toHaveLength(65);
		expect(readCsv(directory, 'travel_request_expenses').length).toBeGreaterThan(50);
	});

	it('ends with 1 and says why when the client secret is wrong', async () => {
		const fake = await startWorld();
		const file = join(makeWorkspace('cli'), 'target.db');
		const env = { ...fakeEnv(fake), SAP_CONCUR_CLIENT_SECRET: 'not-the-secret' };
		const result = await runCli(['run', '--to', `sqlite:${file}`, '--json'], { env });
		expect(result.code).toBe(1);
		expect(JSON.parse(result.stdout)).toMatchObject({
			status: 'failed',
			errors: [{ code: expect.stringMatching(/^CONCUR_AUTH_/) }],
		});
		expect(result.stdout + result.stderr).not.toContain('not-the-secret');
		expect(readSqlite(file)).toEqual([]);
	});

	it('ends with 3 when a record could not be read, and status names it', async () => {
		const fake = await startWorld();
		const [huge = ''] = fake.world.requests();
		fake.faults.huge.set(huge, 40);
		const target = `sqlite:${join(makeWorkspace('cli'), 'target.db')}`;
		const result = await runCli(['run', '--to', target], { env: fakeEnv(fake) });
		expect(result.code).toBe(3);
		expect(result.stdout).toContain('could not read 1 record;');
		const status = await runCli(['status', '--to', target]);
		expect(status).toMatchObject({ code: 0, stderr: '' });
		expect(status.stdout).toContain(`not readable: ${huge}`);
	});

	it.each([
		['SIGTERM', 143],
		['SIGINT', 130],
	] as const)(
		'commits what is closed on %s, ends with %d, and goes on from there',
		async (signal, code) => {
			const fake = await startWorld({ requests: 2500, latencyMs: 10 });
			const file = join(makeWorkspace('cli'), 'target.db');
			const args = ['run', '--detail', 'list', '--json', '--to', `sqlite:${file}`];
			const run = startCli(args, { env: fakeEnv(fake) });
			while (fake.calls.length < 40) await wait(5);
			run.process.kill(signal);
			const result = await run.result;
			expect(result.code).toBe(code);
			const summary: unknown = JSON.parse(result.stdout);
			expect(summary).toMatchObject({ status: 'interrupted' });
			const stored = readSqlite(file).length;
			expect(stored).toBeGreaterThan(0);
			expect(stored).toBeLessThan(2500);
			const next = await runCli(args, { env: fakeEnv(fake) });
			expect(next.code).toBe(0);
			expect(JSON.parse(next.stdout)).toMatchObject({ status: 'complete' });
			expect(compareWithWorld(fake, file, 'listItem')).toEqual(NO_DIFFERENCE);
		},
	);

	it('logs lines of JSON on stderr, retries and their reasons, and no token', async () => {
		const fake = await startWorld();
		fake.faults.set({ kind: 'echoToken', calls: [1, 2] }, { kind: 'rateLimit', calls: [5] });
		const target = `sqlite:${join(makeWorkspace('cli'), 'target.db')}`;
		const env = { ...fakeEnv(fake), SAP_CONCUR_LOG_LEVEL: 'debug' };
		const result = await runCli(['run', '--to', target, '--json'], { env });
		expect(JSON.parse(result.stdout)).toMatchObject({ status: 'complete', retries: 3 });
		const lines = result.stderr.trim().split('\n');
		expect(lines.length).toBeGreaterThanOrEqual(3);
		for (const line of lines) expect(JSON.parse(line)).toHaveProperty('msg');
		expect(fake.secrets().filter((secret) => result.stderr.includes(secret))).toEqual([]);
	});

	it('takes its settings from a file, as JSON or as lines, and lets the environment win', async () => {
		const fake = await startWorld();
		const folder = mkdtempSync(join(tmpdir(), 'sap-concur-config-'));
		const settings = fakeEnv(fake);
		const json = join(folder, 'config.json');
		const old = { ...settings, SAP_CONCUR_BASE_URL: 'http://127.0.0.1:1' };
		writeFileSync(json, JSON.stringify(old), { mode: 0o600 });
		const lines = join(folder, 'config.env');
		writeFileSync(
			lines,
			Object.entries(settings)
				.map(([name, value]) => `${name}=${value}`)
				.join('\n'),
			{ mode: 0o600 },
		);
		const target = `sqlite:${join(makeWorkspace('cli'), 'target.db')}`;
		for (const [config, env] of [
			[json, { SAP_CONCUR_BASE_URL: fake.baseUrl }],
			[lines, {}],
		] as const) {
			const clocked = { env: { ...clockEnv(fake), ...env } };
			const result = await runCli(['run', '--to', target, '--config', config], clocked);
			expect(result).toMatchObject({ code: 0, stderr: '' });
		}
	});

	it('keeps a rotated refresh token for the next run, for its owner only', async () => {
		const fake = await startWorld();
		fake.quirks.rotateRefreshTokens = true;
		const tokens = join(mkdtempSync(join(tmpdir(), 'sap-concur-tokens-')), 'tokens.json');
		const env = {
			...fakeEnv(fake),
			SAP_CONCUR_GRANT_TYPE: 'refresh_token',
			SAP_CONCUR_REFRESH_TOKEN: fake.credentials.refreshToken,
			SAP_CONCUR_TOKEN_FILE: tokens,
		};
		const target = `sqlite:${join(makeWorkspace('cli'), 'target.db')}`;
		for (let run = 0; run < 3; run++) {
			expect(await runCli(['run', '--to', target], { env })).toMatchObject({ code: 0 });
			expect(readFileSync(tokens, 'utf8')).not.toContain(fake.credentials.refreshToken);
			expect(statSync(tokens).mode & 0o777).toBe(0o600);
		}
	});
});

describe('Users', () => {
	it('are those given, those of a file, or all; each has its own watermark', async () => {
		const fake = await startWorld({ users: 6, requests: 200 });
		const [first, second, third] = fake.world.users.map(({ id }) => id);
		if (!first || !second || !third) throw new Error('The fake has no users.');
		const workspace = makeWorkspace('users');
		const list = join(workspace, 'users.txt');
		writeFileSync(list, `# the sales team\n${third}\r\n\n${first}\n`);
		const file = join(workspace, 'target.db');
		const run = (...flags: string[]) =>
			runCli(['run', '--json', '--to', `sqlite:${file}`, ...flags], { env: fakeEnv(fake) });
		const idsOf = (...users: string[]) => users.flatMap((user) => fake.world.requests(user)).sort();
		const stored = () =>
			readSqlite(file)
				.map(({ id }) => String(id))
				.sort();

		await run('--user', first, '--user', second);
		expect(stored()).toEqual(idsOf(first, second));
		await run('--users-file', list);
		expect(stored()).toEqual(idsOf(first, second, third));
		expect((await run('--all-users')).code).toBe(0);
		expect(stored()).toEqual(fake.world.requests().sort());

		fake.calls.length = 0;
		fake.clock.advance(HOUR);
		expect((await run('--all-users')).code).toBe(0);
		const lists = fake.calls.filter(({ path }) => path === '/travelrequest/v4/requests');
		expect(lists).toHaveLength(6);
	});

	it('are named in every call below a request whose page lists a userId', async () => {
		const fake = await startWorld({ requests: 40 });
		const target = `sqlite:${join(makeWorkspace('users'), 'target.db')}`;
		await runCli(['run', '--detail', 'full', '--all-users', '--to', target], {
			env: fakeEnv(fake),
		});
		// The comments of a request take none.
		const below = fake.calls.filter(({ path }) =>
			/\/requests\/\w+(\/(?!comments)\w+)?$|\/expenses\/\w+/.test(path),
		);
		expect(below.length).toBeGreaterThan(100);
		expect(below.filter(({ userId }) => userId === undefined)).toEqual([]);
	});
});

describe('sap-concur-export status and reset', () => {
	it('show what a target holds, and make the next run read all again without doubling it', async () => {
		const fake = await startWorld();
		const workspace = makeWorkspace('reset');
		for (const target of [
			`sqlite:${join(workspace, 'target.db')}`,
			`csv:${join(workspace, 'out')}`,
		]) {
			const run = (...args: string[]) => runCli(args, { env: fakeEnv(fake) });
			for (const command of ['status', 'reset'])
				expect((await run(command, '--to', target)).stderr).toContain('does not exist yet');
			await run('run', '--to', target);
			const status = await run('status', '--to', target);
			expect(status.stdout).toContain('travel_requests: 65 rows');
			expect(status.stdout).toContain('read from the beginning up to');
			expect(await run('reset', '--to', target)).toMatchObject({ code: 0, stderr: '' });
			expect((await run('status', '--to', target)).stdout).not.toContain(
				'read from the beginning up to',
			);
			expect(await run('run', '--to', target)).toMatchObject({ code: 0 });
		}
		expect(readSqlite(join(workspace, 'target.db'))).toHaveLength(65);
	});
});

describe('sap-concur-export fake', () => {
	it('says how to use it, serves, and ends on Ctrl+C', async () => {
		const fake = startCli(['fake', '--port', '0', '--requests', '30'], { printsSecrets: true });
		if (!fake.process.stdout) throw new Error('The process has no output.');
		const [chunk] = await once(fake.process.stdout, 'data');
		const env = Object.fromEntries(
			[...String(chunk).matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
		);
		const target = `sqlite:${join(makeWorkspace('fake'), 'target.db')}`;
		const result = await runCli(['run', '--to', target], { env });
		expect(result.stdout).toMatch(/travel_requests: \d+ new/);
		fake.process.kill('SIGINT');
		expect((await fake.result).code).toBe(0);
	});
});
