import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { Random } from '../../../fake-concur/random';
import { readCsv, readSqlite } from '../../support/read-target';
import { fakeEnv, runCli, startCli } from '../../support/run-cli';
import { TEST_SEED } from '../../support/seed';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const REQUESTS = 1500;
const RUN = ['run', '--detail', 'list', '--to'];

/** A moment to kill the command at: after so many calls, and some milliseconds more. */
interface Moment {
	readonly calls: number;
	readonly afterMs: number;
}

/** Spread over the start, the reading, and the commits at the end; the same in every test run. */
function chooseMoments(callsOfRun: number): Moment[] {
	const random = new Random(TEST_SEED, 7);
	const reading = Array.from({ length: 30 }, (_, index) => ({
		calls: Math.floor((callsOfRun * index) / 30),
		afterMs: random.between(0, 8),
	}));
	const ending = Array.from({ length: 12 }, (_, index) => ({
		calls: callsOfRun,
		afterMs: index * 3,
	}));
	return [...reading, ...ending];
}

/** Kills a run at the moment. Returns false where it had ended by itself before. */
async function killAt(fake: FakeConcur, to: string, moment: Moment): Promise<boolean> {
	fake.calls.length = 0;
	const run = startCli([...RUN, to], { env: fakeEnv(fake) });
	while (fake.calls.length < moment.calls && run.process.exitCode === null) await wait(0);
	await wait(moment.afterMs);
	run.process.kill('SIGKILL');
	return (await run.result).signal === 'SIGKILL';
}

const MANIFEST = z.object({
	files: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() })),
});

/** Everything a reader of `DIR/run=*` finds must be whole: listed, counted and of the right hash. */
function expectWholeRuns(directory: string): void {
	if (!existsSync(directory)) return;
	const names = readdirSync(directory).filter((name) => name.startsWith('run='));
	for (const name of names) {
		const folder = join(directory, name);
		const manifest = MANIFEST.parse(
			JSON.parse(readFileSync(join(folder, '_manifest.json'), 'utf8')),
		);
		expect(readdirSync(folder).sort()).toEqual(
			[...manifest.files.map((file) => file.name), '_manifest.json'].sort(),
		);
		for (const file of manifest.files) {
			const bytes = readFileSync(join(folder, file.name));
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
		}
	}
}

describe('A run killed at any moment, and then run again', () => {
	let fake: FakeConcur;
	let moments: Moment[];
	/** The world stands still, so its thin rows are written down once. */
	const world = new Map<string, string>();

	beforeAll(async () => {
		fake = await startFake({ requests: REQUESTS, seed: TEST_SEED });
		fake.clock.advance(3_600_000);
		const target = `sqlite:${join(makeWorkspace('crash'), 'measure.db')}`;
		await runCli([...RUN, target], { env: fakeEnv(fake) });
		moments = chooseMoments(fake.calls.length);
		for (const id of fake.world.requests())
			world.set(id, JSON.stringify(fake.world.truth(id)?.listItem));
	});

	it('leaves a SQLite target that equals the world', async () => {
		let killed = 0;
		for (const moment of moments) {
			const file = join(makeWorkspace('crash-sqlite'), 'target.db');
			if (await killAt(fake, `sqlite:${file}`, moment)) killed++;
			const result = await runCli([...RUN, `sqlite:${file}`], { env: fakeEnv(fake) });
			expect(result).toMatchObject({ code: 0, stderr: '' });
			const rows = readSqlite(file);
			expect(rows).toHaveLength(world.size);
			for (const row of rows) expect(parsedAgain(row['_raw'])).toBe(world.get(String(row['id'])));
		}
		expect(killed).toBeGreaterThanOrEqual(30);
	}, 300_000);

	it('leaves a CSV target that equals the world, with no row twice and nothing half', async () => {
		let killed = 0;
		for (const moment of moments) {
			const directory = join(makeWorkspace('crash-csv'), 'out');
			// Small parts, so that there are commits to be killed between.
			const to = `csv:${directory}?part_rows=400`;
			if (await killAt(fake, to, moment)) killed++;
			expectWholeRuns(directory);
			const result = await runCli([...RUN, to], { env: fakeEnv(fake) });
			expect(result).toMatchObject({ code: 0, stderr: '' });
			expectWholeRuns(directory);
			expect(readdirSync(directory).filter((name) => name.startsWith('.staging'))).toEqual([]);
			const rows = readCsv(directory);
			expect(rows).toHaveLength(world.size);
			for (const row of rows) expect(row['name']).toBe(nameIn(world.get(row['id'] ?? '')));
		}
		expect(killed).toBeGreaterThanOrEqual(30);
	}, 300_000);
});

/** Through the parser, so that numbers beyond a double are rounded as in the truth. */
function parsedAgain(text: unknown): string {
	return JSON.stringify(JSON.parse(String(text)));
}

function nameIn(item: string | undefined): string {
	return z.object({ name: z.string().nullish() }).parse(JSON.parse(item ?? '{}')).name ?? '';
}
