import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeConcur } from '../../../fake-concur';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { readSqlite } from '../../support/read-target';
import { fakeEnv, runCli, startCli } from '../../support/run-cli';
import { makeWorkspace } from '../../support/workspace';
import { HOUR, startQueue, TABLE } from '../connections/scene';

describe('A reading of the queue that is killed', () => {
	/** Kills a run once the queue has been asked so often. */
	async function killAt(
		fake: FakeConcur,
		args: readonly string[],
		calls: number,
	): Promise<boolean> {
		fake.calls.length = 0;
		const run = startCli(args, { env: fakeEnv(fake) });
		while (fake.calls.length < calls && run.process.exitCode === null) await wait(0);
		run.process.kill('SIGKILL');
		return (await run.result).signal === 'SIGKILL';
	}

	/** The times by the rows and by the state: they are stored together or not at all. */
	async function readBoth(file: string) {
		const inspection = await createSink(`sqlite:${file}`).inspect();
		const state = inspection?.partitions.flatMap(({ sightings }) => sightings ?? []) ?? [];
		const byId = (entries: (readonly [string, unknown, unknown])[]) => entries.sort();
		return {
			rows: byId(
				readSqlite(file, TABLE).map((row) => [
					String(row['id']),
					row['first_seen_at'],
					row['last_seen_at'],
				]),
			),
			state: byId(state.map(({ id, firstSeen, lastSeen }) => [id, firstSeen, lastSeen])),
		};
	}

	it('leaves rows and state that agree, and the next run completes them', async () => {
		const fake = await startQueue(1150);
		const file = join(makeWorkspace('connections-crash'), 'target.db');
		const run = ['run', '--to', `sqlite:${file}`, '--stream', 'connection-requests'];
		let earlier = new Map<string, unknown>();
		for (const calls of [20, 75, 125]) {
			expect(await killAt(fake, run, calls)).toBe(true);
			const { rows, state } = await readBoth(file);
			expect(rows).toEqual(state);
			for (const [id, first] of rows) if (earlier.has(id)) expect(first).toBe(earlier.get(id));
			expect(rows.length).toBeGreaterThanOrEqual(earlier.size);
			earlier = new Map(rows.map(([id, first]) => [id, first]));
			fake.clock.advance(HOUR);
		}
		expect(earlier.size).toBeGreaterThanOrEqual(500);
		expect(earlier.size).toBeLessThan(1150);
		const { code } = await runCli(run, { env: fakeEnv(fake) });
		expect(code).toBe(0);
		const { rows, state } = await readBoth(file);
		expect(rows).toEqual(state);
		expect(rows.map(([id]) => id)).toEqual(fake.connections.all.map(({ id }) => id).sort());
		for (const [id, first] of rows) if (earlier.has(id)) expect(first).toBe(earlier.get(id));
		expect(new Set(rows.map(([, , last]) => last)).size).toBe(1);
	}, 120_000);
});
