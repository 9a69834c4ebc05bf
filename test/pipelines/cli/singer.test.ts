import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { fakeEnv, runCli, startCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { SingerLoader } from '../sinks/singer-reader';

const REQUESTS = 1700;
// Not with the other tests' output, which is searched for secrets: the settings have them.
const workspace = mkdtempSync(join(tmpdir(), 'singer-cli-'));
afterAll(() => rmSync(workspace, { recursive: true, force: true }));
let written = 0;

function file(content: unknown): string {
	const path = join(workspace, `${++written}.json`);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

const METADATA = z.object({
	breadcrumb: z.array(z.string()),
	metadata: z.object({ selected: z.boolean().optional() }).passthrough(),
});
const CATALOG = z.object({
	streams: z.array(
		z.object({ tap_stream_id: z.string(), metadata: z.array(METADATA) }).passthrough(),
	),
});

/** What --discover prints, with the given streams selected, and their raw JSON too. */
async function discover(streams: readonly string[]): Promise<string> {
	const { stdout, code } = await runCli(['singer', '--discover']);
	expect(code).toBe(0);
	const catalog = CATALOG.parse(JSON.parse(stdout));
	for (const { tap_stream_id, metadata } of catalog.streams)
		for (const { breadcrumb, metadata: choice } of metadata) {
			if (breadcrumb.length === 0) choice.selected = streams.includes(tap_stream_id);
			if (breadcrumb[1] === '_raw') choice.selected = true;
		}
	return file(catalog);
}

describe('A Singer tap', () => {
	let fake: FakeConcur;
	let config: string;
	let catalog: string;

	beforeAll(async () => {
		fake = await startFake({ requests: REQUESTS, seed: 7 });
		fake.clock.advance(3_600_000);
		config = file({ ...fakeEnv(fake), detail: 'list' });
		catalog = await discover(['travel_requests']);
	});

	const tap = (loader: SingerLoader, ...more: readonly string[]) =>
		startCli([
			...['singer', '--config', config, '--catalog', catalog, ...more],
			...(loader.states > 0 ? ['--state', file(loader.state)] : []),
		]);

	/** Kills the tap once it has written so many lines. Returns false where it had ended before. */
	async function killAfter(lines: number, loader: SingerLoader): Promise<boolean> {
		const run = tap(loader);
		let seen = 0;
		run.process.stdout?.on('data', (chunk: Buffer) => {
			seen += chunk.toString().split('\n').length - 1;
			if (seen >= lines) run.process.kill('SIGKILL');
		});
		const { stdout, signal } = await run.result;
		loader.read(stdout, false);
		return signal === 'SIGKILL';
	}

	function expectWorld(loader: SingerLoader): void {
		const rows = loader.rows('travel_requests');
		expect(rows.map(({ id }) => id).sort()).toEqual([...fake.world.requests()].sort());
		for (const { id, _raw } of rows)
			if (JSON.stringify(JSON.parse(String(_raw))) !== truth(String(id)))
				throw new Error(`${String(id)} differs from the world`);
	}

	const truth = (id: string) => JSON.stringify(fake.world.truth(id)?.listItem);

	it('killed at any moment, goes on from the last STATE: nothing lost, nothing wrong', async () => {
		const whole = new SingerLoader();
		const { stdout, stderr, code } = await tap(whole).result;
		expect(code).toBe(0);
		expect(stderr).toContain('into singer:-: complete');
		expectWorld(whole.read(stdout));

		let killed = 0;
		let resumed = 0;
		// At the schema, and amid the records on either side of the first STATE.
		for (const lines of [1, 1150, 1500]) {
			const loader = new SingerLoader();
			if (await killAfter(lines, loader)) killed++;
			if (loader.states > 0) resumed++;
			if (await killAfter(400, loader)) killed++;
			const last = await tap(loader).result;
			expect(last).toMatchObject({ code: 0 });
			expectWorld(loader.read(last.stdout));
		}
		expect(killed).toBeGreaterThanOrEqual(4);
		expect(resumed).toBeGreaterThanOrEqual(1);
	}, 180_000);

	it('brings what changed since its state, and little more', async () => {
		const loader = new SingerLoader();
		loader.read((await tap(loader).result).stdout);
		const [first = ''] = fake.world.requests();
		fake.clock.advance(3_600_000);
		fake.world.edit(first, { name: 'edited' });
		fake.clock.advance(3_600_000);
		const { stdout } = await tap(loader).result;
		expect(stdout.match(/^{"type":"RECORD"/gm)).toHaveLength(1);
		expectWorld(loader.read(stdout));
		expect(JSON.stringify(loader.state).length).toBeLessThan(4000);
	});

	it('writes the streams of the catalog only, and children once they are selected', async () => {
		const few = file({ ...fakeEnv(fake), start_date: startOfLast(), concurrency: 8 });
		const loader = new SingerLoader();
		const args = ['singer', '--config', few];
		const plain = await runCli(args);
		expect(plain.code).toBe(0);
		loader.read(plain.stdout);
		expect([...loader.streams.keys()]).toEqual(['travel_requests']);
		const wanted = ['travel_requests', 'travel_request_expenses'];
		const state = ['--state', file(loader.state)];
		const more = await runCli([...args, '--properties', await discover(wanted), ...state]);
		expect(more.code).toBe(0);
		loader.read(more.stdout);
		expect([...loader.streams.keys()]).toEqual(wanted);
		expect(loader.rows('travel_request_expenses').length).toBeGreaterThan(0);
	});

	/** A time since which only a few requests have been modified. */
	function startOfLast(): string {
		const times = fake.world.requests().map((id) => {
			const item = z.object({ lastModified: z.string().nullish() }).passthrough();
			return item.parse(fake.world.truth(id)?.request).lastModified ?? '';
		});
		return times.sort().at(-20) ?? '';
	}

	it('keeps standard output for messages, also as a target of run', async () => {
		const args = ['run', '--to', 'singer:-', '--detail', 'list', '--json'];
		const { code, stdout, stderr } = await runCli(args, { env: fakeEnv(fake) });
		expect(code).toBe(0);
		const loader = new SingerLoader().read(stdout);
		expect(loader.rows('travel_requests')).toHaveLength(fake.world.requests().length);
		expect(JSON.parse(stderr)).toMatchObject({ status: 'complete' });
		const status = await runCli(['status', '--to', 'singer:-']);
		expect(status).toMatchObject({ code: 2, stdout: '' });
	});

	it.each([
		['a config that is not there', ['--config', '/nowhere.json'], 'cannot be read'],
		['a config that is no JSON', ['--config', file('{"users": ')], 'not valid JSON'],
		['a wrong value', ['--config', file({ detail: 'most' })], 'detail has a value'],
		['no settings', ['--config', file({})], 'SAP_CONCUR_BASE_URL is not set'],
		['a catalog of nothing', ['--catalog', file({ streams: [] })], 'selects no stream'],
		['a state of something else', ['--state', file([1])], 'The state is not one'],
	])('refuses %s with what to do', async (_what, args, message) => {
		const result = await runCli(['singer', ...args]);
		expect(result).toMatchObject({ code: 2, stdout: '' });
		expect(result.stderr).toContain(message);
	});
});
