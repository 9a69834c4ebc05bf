import { join } from 'node:path';
import type { FakeConcur } from '../../../fake-concur';
import { Random } from '../../../fake-concur/random';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { compareWithWorld, NO_DIFFERENCE, readChildRows } from '../../support/compare-with-world';
import { exportOnce, type OnceOptions } from '../../support/export-once';
import { TEST_SEED } from '../../support/seed';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { newCsv, openRequests, stopAtFailure, TWICE, type Place } from './places';

const HOUR = 3_600_000;
const SEEDS = [TEST_SEED, TEST_SEED + 1];
const TABLES = ['travel_requests', 'travel_request_cash_advances', 'travel_request_exceptions'];

/** Edits that Concur tells of, and changes that it does not. */
function change(fake: FakeConcur, random: Random): void {
	fake.world.schedule({ edits: random.between(0, 4), creates: random.between(0, 1) });
	const open = openRequests(fake);
	for (let times = random.between(0, 3); times > 0; times--) {
		const id = random.pick(open);
		if (random.chance(0.5)) fake.world.addException(id);
		else fake.world.addCashAdvance(id, { approvalStatus: { code: 'C_PEND' } });
	}
}

/** Some days on which records fail, runs are stopped and others go on, and a last good one. */
async function liveThrough(
	seed: number,
	sink: Place['sink'],
): Promise<{ fake: FakeConcur; failed: number }> {
	const random = new Random(seed, 31);
	const fake = await startFake({ seed, requests: 40 });
	const run = (options: OnceOptions = {}) =>
		exportOnce(fake, sink, { detail: 'full', client: TWICE, ...options });
	let failed = 0;
	for (let times = 0; times < 8; times++) {
		fake.clock.advance(random.between(1, 30) * HOUR * (random.chance(0.3) ? 0.01 : 1));
		change(fake, random);
		fake.faults.poison.clear();
		for (let bad = random.between(0, 3); bad > 0; bad--)
			fake.faults.poison.add(random.pick(fake.world.requests()));
		fake.clock.advance(random.between(0, 20) * 3000);
		const { deadLetters } = await run(random.chance(0.2) ? stopAtFailure() : {});
		failed += deadLetters;
	}
	fake.faults.clear();
	fake.clock.advance(25 * HOUR);
	expect(await run()).toMatchObject({ status: 'complete', deadLetters: 0, skipped: 0 });
	return { fake, failed };
}

describe('After days of changes, failures and stops', () => {
	it.each(SEEDS)('a database equals the world, children included (seed %d)', async (seed) => {
		const file = join(makeWorkspace('long-run'), 'target.db');
		const { fake, failed } = await liveThrough(seed, createSqliteSink(file));
		expect(failed).toBeGreaterThan(0);
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
		const fresh = join(makeWorkspace('long-run-fresh'), 'target.db');
		await exportOnce(fake, createSqliteSink(fresh), { detail: 'full' });
		expect(readChildRows(fake, file)).toEqual(readChildRows(fake, fresh));
	});

	it.each(SEEDS)('a journal has no version twice in a row (seed %d)', async (seed) => {
		const { sink, rows } = newCsv();
		const { fake } = await liveThrough(seed, sink);
		const versions = new Map<string, string[]>();
		for (const table of TABLES) {
			for (const { _run_id, _extracted_at, ...content } of await rows(table)) {
				const request = String(
					table === 'travel_requests' ? content['id'] : content['travel_request_id'],
				);
				const name = `${request} ${String(_run_id)} ${String(_extracted_at)}`;
				versions.set(name, [...(versions.get(name) ?? []), JSON.stringify(content)]);
			}
		}
		const latest = new Map<string, string>();
		for (const [name, parts] of [...versions].sort(([a], [b]) => (a < b ? -1 : 1))) {
			const [request = ''] = name.split(' ');
			const text = parts.join('\n');
			if (latest.get(request) === text) throw new Error(`${name} repeats the version before it`);
			latest.set(request, text);
		}
		expect([...latest.keys()].sort()).toEqual(fake.world.requests().sort());
	});
});
