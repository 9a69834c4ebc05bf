import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeConcur } from '../../../fake-concur';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { readCsv, readSqlite } from '../../support/read-target';
import { fakeEnv, runCli, startCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { openRequests } from '../extract/places';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** 64 MiB, which nobody reads: unlike an error it costs no retries. */
const UNREADABLE = 64;

async function startWorld(): Promise<FakeConcur> {
	const fake = await startFake({ requests: 60 });
	fake.clock.advance(HOUR);
	return fake;
}

describe('sap-concur-export run --skip-after', () => {
	it('lets a record go after so many runs, ends with 0, and status says so', async () => {
		const fake = await startWorld();
		const [bad = ''] = fake.world.requests();
		fake.faults.huge.set(bad, UNREADABLE);
		const target = `sqlite:${join(makeWorkspace('skip'), 'target.db')}`;
		const run = () => runCli(['run', '--to', target, '--skip-after', '2'], { env: fakeEnv(fake) });
		expect((await run()).code).toBe(3);
		const second = await run();
		expect(second).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('skipped 1 record,'),
		});
		const status = await runCli(['status', '--to', target]);
		expect(status.stdout).toContain(`skipped: ${bad}`);
		expect(status.stdout).toContain('2 attempts');
	});

	it.each([
		['--skip-after', '0', 'a whole number from 1'],
		['--skip-after', '1.5', 'a whole number from 1'],
		['--reread-open', '-1', 'a number of hours'],
		['--reread-open', 'daily', 'a number of hours'],
	])('refuses %s %s', async (flag, value, says) => {
		const result = await runCli(['run', '--to', 'sqlite:none.db', `${flag}=${value}`]);
		expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
	});
});

describe('A run killed while it tries records again and reads open ones again', () => {
	let fake: FakeConcur;
	let bad: readonly string[];
	let quiet: readonly string[];

	beforeAll(async () => {
		fake = await startWorld();
		const open = openRequests(fake);
		bad = open.slice(0, 3);
		quiet = open.slice(3, 8);
	});

	const run = (to: string) =>
		startCli(['run', '--detail', 'full', '--to', to], { env: fakeEnv(fake) });

	/** A target with dead letters, a day later, after changes that no modification time shows. */
	async function prepare(kind: 'sqlite' | 'csv'): Promise<(name: string) => string> {
		const workspace = makeWorkspace('second-reads');
		const base = join(workspace, 'base');
		await run(`${kind}:${base}`).result;
		for (const id of bad) {
			fake.world.edit(id, { name: `edited for ${kind}` });
			fake.faults.huge.set(id, UNREADABLE);
		}
		fake.clock.advance(HOUR);
		expect((await run(`${kind}:${base}`).result).code).toBe(3);
		fake.faults.clear();
		for (const id of quiet) fake.world.addException(id, { code: `QUIET-${kind}` });
		fake.clock.advance(DAY);
		return (name) => {
			cpSync(base, join(workspace, name), { recursive: true });
			return join(workspace, name);
		};
	}

	it.each(['sqlite', 'csv'] as const)(
		'does both again by the next run, loses no letter, and stores nothing twice: %s',
		async (kind) => {
			const copy = await prepare(kind);
			fake.calls.length = 0;
			expect((await run(`${kind}:${copy('whole')}`).result).code).toBe(0);
			const calls = fake.calls.length;
			let killed = 0;
			for (let moment = 0; moment < 10; moment++) {
				const place = copy(`${moment}`);
				const to = `${kind}:${place}`;
				fake.calls.length = 0;
				const first = run(to);
				while (fake.calls.length < (calls * moment) / 9 && first.process.exitCode === null)
					await wait(0);
				first.process.kill('SIGKILL');
				if ((await first.result).signal === 'SIGKILL') killed++;
				expect(await run(to).result).toMatchObject({ code: 0, stderr: '' });
				const [state] = (await createSink(to).inspect())?.partitions ?? [];
				expect(state?.deadLetters).toEqual([]);
				const read = kind === 'sqlite' ? readSqlite : readCsv;
				const found = read(place, 'travel_request_exceptions')
					.filter(({ code }) => code === `QUIET-${kind}`)
					.map((row) => row['travel_request_id']);
				expect(found.sort()).toEqual([...quiet].sort());
				const renamed = read(place).filter(({ name }) => name === `edited for ${kind}`);
				expect(renamed.map(({ id }) => id).sort()).toEqual([...bad].sort());
			}
			expect(killed).toBeGreaterThanOrEqual(5);
		},
		300_000,
	);
});
