import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { FakeConcur } from '../../../fake-concur';
import { Random } from '../../../fake-concur/random';
import { tables } from '../../../pipelines/tables/catalog';
import {
	readPostgresContent,
	readSqliteContent,
	type Content,
} from '../../support/compare-sql-targets';
import { compareWithWorld, NO_DIFFERENCE } from '../../support/compare-with-world';
import { fakeEnv, startCli } from '../../support/run-cli';
import { TEST_SEED } from '../../support/seed';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { revive } from '../reconcile/scene';
import { describePostgres } from '../sinks/postgres-scene';

const REQUESTS = 300;
/** More than are stored together, so that there are commits to be killed between. */
const DELETED = 105;
const MISSING = 40;

/** What a target has of each living request: its rows, children included, as one text. */
type Requests = ReadonlyMap<string, string>;

interface Target {
	readonly to: string;
	readonly read: () => Promise<Requests>;
	/** A new target of the same content and state. */
	copy(): Promise<Target>;
}

function byRequest(content: Content): Requests {
	const found = new Map<string, string>();
	for (const { name, parent } of tables)
		for (const row of content[name] ?? []) {
			const id = row[parent === undefined ? 'id' : 'travel_request_id'] ?? '';
			found.set(id, `${found.get(id) ?? ''}${name} ${JSON.stringify(row)}\n`);
		}
	return found;
}

/** Ids of the requests that are in none of the given states, with all their children or with none. */
function unlike(requests: Requests, ...states: readonly Requests[]): string[] {
	const ids = new Set([requests, ...states].flatMap((each) => [...each.keys()]));
	return [...ids].filter((id) => states.every((state) => state.get(id) !== requests.get(id)));
}

/** A moment to kill the command at: after so many calls, and some milliseconds more. */
interface Moment {
	readonly calls: number;
	readonly afterMs: number;
}

/** Most are spread over the calls of a reconcile, some follow on its last call. */
function chooseMoments(calls: number, reading: number, ending: number): Moment[] {
	const random = new Random(TEST_SEED, 13);
	return [
		...Array.from({ length: reading }, (_, index) => ({
			calls: Math.floor((calls * index) / reading),
			afterMs: random.between(0, 20),
		})),
		...Array.from({ length: ending }, (_, index) => ({ calls, afterMs: index * 8 })),
	];
}

/** The world loses more than a tenth. */
const ALL = ['--max-missing', '100%'];

const NOTHING_TO_DO = z.object({ checked: z.number(), tables: z.object({}).strict() });

function itSurvivesKills(newTarget: () => Target, reading: number, ending: number): void {
	let fake: FakeConcur;
	let target: Target;
	let before: Requests;
	let world: Requests;

	const start = (command: string, to: string, ...more: string[]) =>
		startCli([command, '--to', to, ...more], { env: fakeEnv(fake) });

	async function complete(command: string, to: string, ...more: string[]): Promise<string> {
		const result = await start(command, to, ...more).result;
		expect(result).toMatchObject({ code: 0, stderr: '' });
		return result.stdout;
	}

	/** The target knows of a deletion that was taken back; the world has moved on since. */
	beforeAll(async () => {
		fake = await startFake({ requests: REQUESTS, seed: TEST_SEED, documentedExamples: false });
		fake.clock.advance(3_600_000);
		target = newTarget();
		await complete('run', target.to, '--detail', 'full');
		const [back = '', ...others] = fake.world.requests();
		const index = fake.world.find(back) ?? -1;
		fake.world.delete(back);
		await complete('reconcile', target.to, ...ALL);
		revive(fake, back, index);
		for (const id of others.slice(0, DELETED)) fake.world.delete(id);
		fake.world.schedule({ creates: MISSING });
		fake.clock.advance(3_600_000);
		before = await target.read();

		const file = join(makeWorkspace('reconcile-crash'), 'world.db');
		await complete('run', `sqlite:${file}`, '--detail', 'full');
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
		world = byRequest(readSqliteContent(file));
	}, 120_000);

	it('ends as the world, children included, wherever it was killed before', async () => {
		const whole = await target.copy();
		fake.calls.length = 0;
		await complete('reconcile', whole.to, ...ALL);
		expect(unlike(await whole.read(), world)).toEqual([]);
		const moments = chooseMoments(fake.calls.length, reading, ending);
		const again: unknown = JSON.parse(await complete('reconcile', whole.to, '--json'));
		expect(NOTHING_TO_DO.parse(again).checked).toBe(fake.world.requests().length);

		let killed = 0;
		let underWay = 0;
		for (const moment of moments) {
			const { to, read } = await target.copy();
			fake.calls.length = 0;
			const run = start('reconcile', to, ...ALL);
			while (fake.calls.length < moment.calls && run.process.exitCode === null) await wait(0);
			await wait(moment.afterMs);
			run.process.kill('SIGKILL');
			if ((await run.result).signal === 'SIGKILL') killed++;
			const left = await read();
			expect(unlike(left, before, world)).toEqual([]);
			if (unlike(left, before).length > 0 && unlike(left, world).length > 0) underWay++;
			await complete('reconcile', to, ...ALL);
			expect(unlike(await read(), world)).toEqual([]);
		}
		expect(killed).toBeGreaterThanOrEqual(reading);
		// Some were killed when a part of their work was stored.
		expect(underWay).toBeGreaterThan(0);
	}, 300_000);
}

describe('sap-concur-export reconcile --to sqlite:…, killed', () => {
	const at = (file: string): Target => ({
		to: `sqlite:${file}`,
		read: async () => byRequest(readSqliteContent(file)),
		async copy() {
			const other = join(makeWorkspace('reconcile-crash'), 'target.db');
			copyFileSync(file, other);
			return at(other);
		},
	});
	itSurvivesKills(() => at(join(makeWorkspace('reconcile-crash'), 'target.db')), 18, 4);
});

describePostgres('sap-concur-export reconcile --to postgres://…, killed', (scene) => {
	const make = (): Target & { readonly schema: string } => {
		const { url, schema, execute } = scene().newTarget();
		return {
			to: url,
			schema,
			read: async () => byRequest(await readPostgresContent(url)),
			async copy() {
				const other = make();
				await execute(`
					CREATE SCHEMA ${other.schema};
					DO $$ DECLARE name text; BEGIN
						FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '{}' LOOP
							EXECUTE format('CREATE TABLE ${other.schema}.%I (LIKE {}.%I INCLUDING ALL)', name, name);
							EXECUTE format('INSERT INTO ${other.schema}.%I SELECT * FROM {}.%I', name, name);
						END LOOP;
					END $$`);
				return other;
			},
		};
	};
	itSurvivesKills(make, 6, 2);
});
