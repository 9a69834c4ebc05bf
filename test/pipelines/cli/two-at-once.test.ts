import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { findTable } from '../../../pipelines/tables/catalog';
import { compareWithWorld, NO_DIFFERENCE } from '../../support/compare-with-world';
import { exportOnce } from '../../support/export-once';
import { readCsv, readPostgres, readSqlite } from '../../support/read-target';
import { fakeEnv, startCli, type CliResult, type RunningCli } from '../../support/run-cli';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from '../sinks/postgres-scene';
import { readParquet } from '../sinks/read-parquet';
import { SingerLoader } from '../sinks/singer-reader';

const TABLES = ['travel_requests', 'travel_request_expenses', 'travel_request_comments'];

type Rows = readonly Readonly<Record<string, string | number | boolean | null>>[];
type ReadTable = (table: string) => Rows | Promise<Rows>;

interface Target {
	readonly to: string;
	readonly read: ReadTable;
}

/** Every row of a target, by its key; requests with their names. A row that is there twice is twice here. */
async function listRows(read: ReadTable): Promise<Record<string, string[]>> {
	const listed: Record<string, string[]> = {};
	for (const table of TABLES) {
		const columns = findTable(table)?.key ?? [];
		const shown = table === 'travel_requests' ? [...columns, 'name'] : columns;
		const rows = await read(table);
		// CSV writes what is missing as it writes an empty text.
		listed[table] = rows.map((row) => shown.map((name) => row[name] ?? '').join('/')).sort();
	}
	return listed;
}

/** A world that is slow enough for two commands to meet in it. */
async function startWorld(): Promise<FakeConcur> {
	const fake = await startFake({ requests: 30, documentedExamples: false, latencyMs: 10 });
	fake.clock.advance(3_600_000);
	return fake;
}

/** New requests only: a journal keeps what it has of a changed one. */
function goOn(fake: FakeConcur): void {
	for (let made = 0; made < 10; made++) fake.world.create({ name: `new ${made}` });
	fake.clock.advance(3_600_000);
}

function start(fake: FakeConcur, to: string): RunningCli {
	return startCli(['run', '--detail', 'full', '--json', '--to', to], { env: fakeEnv(fake) });
}

/** What an undisturbed run stores, which is what the world has. */
async function worldRows(fake: FakeConcur): Promise<Record<string, string[]>> {
	const file = join(makeWorkspace('two-at-once'), 'alone.db');
	await exportOnce(fake, createSqliteSink(file), { detail: 'full' });
	expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
	return listRows((table) => readSqlite(file, table));
}

const SUMMARY = z.object({
	status: z.literal('complete'),
	tables: z.record(z.object({ inserted: z.number(), updated: z.number() })),
});

function rowsWritten({ stdout }: CliResult): number {
	const { tables } = SUMMARY.parse(JSON.parse(stdout));
	return Object.values(tables).reduce((sum, table) => sum + table.inserted + table.updated, 0);
}

function expectLocked({ code, stdout, stderr }: CliResult, to: string): void {
	const [scheme = ''] = to.split(':');
	expect(code).toBe(4);
	expect(JSON.parse(stdout)).toMatchObject({
		...{ status: 'failed', exitCode: 4 },
		errors: [{ code: 'TARGET_LOCKED', message: expect.stringContaining(`${scheme}:`) }],
	});
	expect(stderr).toMatch(new RegExp(`^error: Another run is writing to ${scheme}:.*\\.$`, 'm'));
	expect(stderr).toContain('Wait until it has finished, or give this run a target of its own.');
}

/** One of the two is complete; the other is refused, or was too late to find anything new. */
function expectOneWinner(ends: readonly CliResult[], to: string): void {
	const complete = ends.filter(({ code }) => code === 0);
	for (const refused of ends.filter(({ code }) => code !== 0)) expectLocked(refused, to);
	const written = complete.map(rowsWritten);
	expect(written.filter((rows) => rows > 0)).toHaveLength(1);
}

function itLetsOneWin(newTarget: () => Target): void {
	it('started together, one is complete and the other stops; the target is the world', async () => {
		const fake = await startWorld();
		const { to, read } = newTarget();
		// The first two make the target; the others find it.
		for (let round = 0; round < 3; round++) {
			const both = [start(fake, to), start(fake, to)];
			expectOneWinner(await Promise.all(both.map(({ result }) => result)), to);
			expect(await listRows(read)).toEqual(await worldRows(fake));
			goOn(fake);
		}
		const alone = await start(fake, to).result;
		expect(alone).toMatchObject({ code: 0, stderr: '' });
		expect(rowsWritten(alone)).toBeGreaterThan(0);
		expect(await listRows(read)).toEqual(await worldRows(fake));
	});

	it('a run beside one that is at work stops at once, and the first is not disturbed', async () => {
		const fake = await startWorld();
		const { to, read } = newTarget();
		fake.faults.set({ kind: 'stallHeaders', times: 1 });
		const first = start(fake, to);
		while (fake.faults.struck('stallHeaders') === 0) await wait(10);
		expectLocked(await start(fake, to).result, to);
		fake.faults.clear();
		first.process.kill('SIGTERM');
		expect(await first.result).toMatchObject({ code: 143 });
		expect(await start(fake, to).result).toMatchObject({ code: 0, stderr: '' });
		expect(await listRows(read)).toEqual(await worldRows(fake));
	});
}

describe.each<[string, (path: string) => Target]>([
	['csv', (path) => ({ to: `csv:${path}`, read: (table) => readCsv(path, table) })],
	['parquet', (path) => ({ to: `parquet:${path}`, read: (table) => readParquet(path, table) })],
	['sqlite', (path) => ({ to: `sqlite:${path}`, read: (table) => readSqlite(path, table) })],
])('Two exports at once into one target: %s', (_kind, targetAt) => {
	itLetsOneWin(() => targetAt(join(makeWorkspace('two-at-once'), 'target')));
});

describePostgres('Two exports at once into one target: postgres', (scene) => {
	itLetsOneWin(() => {
		const { url } = scene().newTarget();
		return { to: url, read: (table) => readPostgres(url, table) };
	});
});

describe('Two exports at once into one target: singer', () => {
	it('each has an output of its own: both are whole, and a loader of both has the world', async () => {
		const fake = await startWorld();
		const both = [start(fake, 'singer:-'), start(fake, 'singer:-')];
		const outputs = await Promise.all(both.map(({ result }) => result));
		const world = await worldRows(fake);
		const loaderOfBoth = new SingerLoader();
		for (const { code, stdout } of outputs) {
			expect(code).toBe(0);
			const loader = new SingerLoader().read(stdout);
			expect(await listRows((table) => loader.rows(table))).toEqual(world);
			loaderOfBoth.read(stdout);
		}
		expect(await listRows((table) => loaderOfBoth.rows(table))).toEqual(world);
	});
});
