import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { readSqlite } from '../../support/read-target';
import { fakeEnv, runCli } from '../../support/run-cli';
import { makeWorkspace } from '../../support/workspace';
import { HOUR, startQueue, TABLE } from '../connections/scene';
import { SingerLoader } from '../sinks/singer-reader';

const QUEUE = ['--stream', 'connection-requests'];
// Not with the other tests' output, which is searched for secrets: the settings have them.
const settings = mkdtempSync(join(tmpdir(), 'connections-cli-'));
afterAll(() => rmSync(settings, { recursive: true, force: true }));

function newTarget(): { file: string; run: string[] } {
	const file = join(makeWorkspace('connections-cli'), 'target.db');
	return { file, run: ['run', '--to', `sqlite:${file}`, ...QUEUE] };
}

function expectNoSecret(fake: FakeConcur, text: string): void {
	expect(fake.secrets().filter((secret) => text.includes(secret))).toEqual([]);
}

describe('sap-concur-export run --stream connection-requests', () => {
	it('tells in its summary what it did, and no request token anywhere', async () => {
		const fake = await startQueue(12);
		const { run } = newTarget();
		const env = { ...fakeEnv(fake), SAP_CONCUR_LOG_LEVEL: 'debug' };
		const { code, stdout, stderr } = await runCli([...run, '--json'], { env });
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({
			status: 'complete',
			tables: { [TABLE]: { inserted: 12, updated: 0, unchanged: 0, deleted: 0 } },
			calls: 2,
			windows: { closed: 0, open: 0 },
			watermark: null,
			deadLetters: 0,
			drift: {},
			errors: [],
			warnings: [],
		});
		expectNoSecret(fake, stdout + stderr);
	});

	it('reads both streams in one run', async () => {
		const fake = await startQueue(2);
		const { run } = newTarget();
		const args = [...run, '--stream', 'travel-requests', '--detail', 'list', '--json'];
		const { code, stdout } = await runCli(args, { env: fakeEnv(fake) });
		expect(code).toBe(0);
		expect(
			Object.keys(
				z.object({ tables: z.object({}).passthrough() }).parse(JSON.parse(stdout)).tables,
			),
		).toEqual(expect.arrayContaining([TABLE, 'travel_requests']));
	});

	it.each([
		['--from', '2026-01-01'],
		['--until', '2026-01-01'],
		['--user', 'c0d9894b-98e2-48d5-86f9-1decde90dd15'],
		['--users-file', 'users.txt'],
		['--all-users'],
		['--detail', 'request'],
		['--skip-after', '2'],
		['--reread-open', '1'],
		['--history'],
	])('refuses %s, which no queue heeds', async (...flag) => {
		const { code, stdout, stderr } = await runCli([...newTarget().run, ...flag]);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toContain(`error: ${flag[0]} is about travel requests`);
	});

	it('warns where the queue hides what it has shown, and succeeds', async () => {
		const fake = await startQueue(10, { connectionQueue: 'lease' });
		const { file, run } = newTarget();
		const { code, stdout, stderr } = await runCli(run, { env: fakeEnv(fake) });
		expect(code).toBe(0);
		expect(stdout).toContain('warning: Concur hides connection requests');
		expect(JSON.parse(stderr)).toMatchObject({ level: 40, code: 'CONCUR_QUEUE_LEASES' });
		const status = await runCli(['status', '--to', `sqlite:${file}`]);
		expect(status.stdout).toContain('warning: Concur hides connection requests');
		expectNoSecret(fake, stdout + stderr + status.stdout);
	});

	it('says what to do where the app may not read the queue', async () => {
		const fake = await startQueue(2);
		fake.faults.set({ kind: 'serverError', status: 403, path: 'connectionrequests' });
		const { code, stdout } = await runCli(newTarget().run, { env: fakeEnv(fake) });
		expect(code).toBe(1);
		expect(stdout).toMatch(/failed\n.*nothing new/);
		// The token has the scope, and is of the wrong kind: that is what helps.
		expect(stdout).toMatch(/Use the app's own token/);
	});

	it('can be forgotten by reset, and then begins anew', async () => {
		const fake = await startQueue(2);
		const { file, run } = newTarget();
		const env = fakeEnv(fake);
		await runCli(run, { env });
		const reset = await runCli(['reset', '--to', `sqlite:${file}`, ...QUEUE]);
		expect(reset).toMatchObject({ code: 0 });
		fake.clock.advance(HOUR);
		await runCli(run, { env });
		for (const row of readSqlite(file, TABLE))
			expect(row['first_seen_at']).toBe(row['last_seen_at']);
	});
});

describe('A Singer tap whose catalog selects connection requests', () => {
	const CATALOG = z.object({
		streams: z.array(
			z
				.object({
					tap_stream_id: z.string(),
					metadata: z.array(
						z.object({
							breadcrumb: z.array(z.string()),
							metadata: z.object({ selected: z.boolean().optional() }).passthrough(),
						}),
					),
				})
				.passthrough(),
		),
	});

	it('writes them, with the same first sighting in the run after', async () => {
		const discovered = await runCli(['singer', '--discover']);
		const catalog = CATALOG.parse(JSON.parse(discovered.stdout));
		for (const { tap_stream_id, metadata } of catalog.streams) {
			const whole = metadata.find(({ breadcrumb }) => breadcrumb.length === 0)?.metadata;
			expect(whole?.selected).toBe(tap_stream_id === 'travel_requests');
			if (whole) whole.selected = tap_stream_id === TABLE;
		}
		const fake = await startQueue(12);
		const file = (name: string, content: unknown): string => {
			const path = join(settings, name);
			writeFileSync(path, JSON.stringify(content));
			return path;
		};
		// A configuration may serve several catalogs: its start date is for travel requests.
		const config = file('config.json', { ...fakeEnv(fake), start_date: '2026-01-01' });
		const args = ['singer', '--config', config, '--catalog', file('catalog.json', catalog)];
		const loader = new SingerLoader();
		const first = await runCli(args);
		loader.read(first.stdout);
		expect([...loader.streams.keys()]).toEqual([TABLE]);
		const times = loader.rows(TABLE).map((row) => row['first_seen_at']);
		fake.clock.advance(HOUR);
		const second = await runCli([...args, '--state', file('state.json', loader.state)]);
		expect(second.code).toBe(0);
		loader.read(second.stdout);
		expect(loader.rows(TABLE).map((row) => row['first_seen_at'])).toEqual(times);
		expect(new Set(loader.rows(TABLE).map((row) => row['last_seen_at'])).size).toBe(1);
		expect(Object.keys(loader.state.bookmarks)).toEqual([TABLE]);
		expectNoSecret(fake, first.stdout + first.stderr + second.stdout + second.stderr);
	});
});
