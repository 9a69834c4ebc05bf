import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { exportOnce } from '../../support/export-once';
import { readSqlite } from '../../support/read-target';
import { fakeEnv, runCli, startCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const WORLD = { requests: 60, documentedExamples: false, now: new Date('2026-06-01T00:00:00Z') };

async function startWorld(): Promise<FakeConcur> {
	const fake = await startFake(WORLD);
	fake.clock.advance(3_600_000);
	return fake;
}

function newFile(): string {
	return join(makeWorkspace('reconcile-cli'), 'target.db');
}

const counts = z.object({ runId: z.string(), calls: z.number() }).passthrough();

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The ids that are not marked as deleted. */
function living(rows: Rows): string[] {
	return rows.flatMap((row) => (row['_deleted_at'] === null ? [String(row['id'])] : [])).sort();
}

describe('sap-concur-export reconcile', () => {
	it('tells people and programs what it did, and exits as run does', async () => {
		const fake = await startWorld();
		const file = newFile();
		await exportOnce(fake, createSqliteSink(file));
		const [gone = '', refused = ''] = fake.world.requests();
		fake.world.delete(gone);
		fake.world.create({ name: 'new' });
		const args = ['reconcile', '--to', `sqlite:${file}`];
		const env = fakeEnv(fake);
		const json = await runCli([...args, '--json'], { env });
		expect(json).toMatchObject({ code: 0, stderr: '' });
		expect(json.stdout.trimEnd()).not.toContain('\n');
		expect(counts.parse(JSON.parse(json.stdout))).toMatchObject({
			...{ command: 'reconcile', status: 'complete', checked: 60, deleted: 1, undeleted: 0 },
			...{ foundMissing: 1, hidden: 0, unconfirmed: 0, errors: [] },
		});
		expect(living(readSqlite(file))).toEqual([...fake.world.requests()].sort());

		fake.world.delete(refused);
		fake.faults.set({ kind: 'serverError', status: 403, path: refused });
		const human = await runCli(args, { env });
		expect(human.code).toBe(3);
		expect(human.stdout).toContain('60 requests checked: 0 deleted, 0 undeleted, 0 found missing');
		expect(human.stdout).toContain(`Whether ${refused} was deleted is not known`);

		const status = await runCli(['status', '--to', `sqlite:${file}`]);
		expect(status.code).toBe(0);
	});

	it('refuses journals and targets that are not there', async () => {
		const fake = await startWorld();
		const env = fakeEnv(fake);
		const folder = makeWorkspace('reconcile-cli');
		const csv = await runCli(['reconcile', '--to', `csv:${folder}`], { env });
		expect(csv.code).toBe(2);
		expect(csv.stderr).toMatch(/never searched[^]*SQLite or PostgreSQL/);
		const none = await runCli(['reconcile', '--to', `sqlite:${newFile()}`], { env });
		expect(none.code).toBe(2);
		expect(none.stderr).toContain('Run an export to it first');
	});

	it('stops on SIGTERM, keeping what is stored', async () => {
		const fake = await startWorld();
		const file = newFile();
		await exportOnce(fake, createSqliteSink(file));
		fake.world.delete(fake.world.requests()[0] ?? '');
		fake.faults.set({ kind: 'stallHeaders', path: '/v4/requests$' });
		const run = startCli(['reconcile', '--to', `sqlite:${file}`], { env: fakeEnv(fake) });
		while (fake.faults.struck('stallHeaders') === 0) await wait(5);
		run.process.kill('SIGTERM');
		expect(await run.result).toMatchObject({ code: 143 });
		expect(living(readSqlite(file))).toHaveLength(60);
	});
});
