import { join } from 'node:path';
import { createConcurClient } from '../../../concur/client';
import { listRequests } from '../../../concur/travel-request/list-requests';
import type { FakeConcur } from '../../../fake-concur';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { compareWithWorld, NO_DIFFERENCE, readChildRows } from '../../support/compare-with-world';
import { exportOnce } from '../../support/export-once';
import { TEST_SEED } from '../../support/seed';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const MINUTE = 60_000;
const SEEDS = Array.from({ length: 12 }, (_, index) => TEST_SEED + index);
const WORLDS = (['inclusive', 'exclusive'] as const).flatMap((inclusivity) =>
	SEEDS.map((seed) => ({ seed, inclusivity })),
);

/** A world that people keep editing: after every list call some requests change, come or go. */
async function startBusyWorld(
	seed: number,
	inclusivity: 'inclusive' | 'exclusive',
	requests = 450,
) {
	const fake = await startFake({ seed, inclusivity, requests, spanDays: 20 });
	// What was modified within the settle lag before a run is left to the next run.
	fake.clock.advance(MINUTE);
	fake.clock.stepPerCallMs = 150;
	const changes = fake.world.schedule({ edits: 4, creates: 1, deletes: 1, everyCalls: 1 });
	return { fake, changes };
}

describe('An export of a world that changes while it is read', () => {
	it.each(WORLDS)(
		'has every untouched request after one run and equals the world after the next (seed $seed, bounds $inclusivity)',
		async ({ seed, inclusivity }) => {
			const { fake, changes } = await startBusyWorld(seed, inclusivity);
			const file = join(makeWorkspace('convergence'), 'target.db');
			const sink = createSqliteSink(file);

			const first = await exportOnce(fake, sink);
			expect(first.status).toBe('complete');
			expect(changes.rounds).toBeGreaterThan(5);
			const untouched = fake.world.requests().filter((id) => !changes.touched.has(id));
			expect(untouched.length).toBeGreaterThan(200);
			expect(compareWithWorld(fake, file, 'request', untouched)).toEqual(NO_DIFFERENCE);

			changes.stop();
			fake.clock.advance(2 * MINUTE);
			const second = await exportOnce(fake, sink);
			expect(second.status).toBe('complete');
			expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
		},
	);

	it.each(SEEDS.slice(0, 3))(
		'equals the world, children included, with --detail full (seed %d)',
		async (seed) => {
			const { fake, changes } = await startBusyWorld(seed, 'exclusive', 150);
			const file = join(makeWorkspace('convergence-full'), 'target.db');
			await exportOnce(fake, createSqliteSink(file), { detail: 'full' });
			changes.stop();
			fake.clock.advance(2 * MINUTE);
			await exportOnce(fake, createSqliteSink(file), { detail: 'full' });
			expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
			const fresh = join(makeWorkspace('convergence-fresh'), 'target.db');
			await exportOnce(fake, createSqliteSink(fresh), { detail: 'full' });
			expect(readChildRows(fake, file)).toEqual(readChildRows(fake, fresh));
		},
	);

	it('would lose requests if it paged by offset: these tests can fail', async () => {
		let lost = 0;
		for (const { seed, inclusivity } of WORLDS) {
			const { fake, changes } = await startBusyWorld(seed, inclusivity);
			const found = await readByOffset(fake);
			lost += fake.world
				.requests()
				.filter((id) => !changes.touched.has(id) && !found.has(id)).length;
		}
		expect(lost).toBeGreaterThan(0);
	});
});

/** What most exports of Concur do: one modification range, page after page. */
async function readByOffset(fake: FakeConcur): Promise<Set<string>> {
	const { clientId, clientSecret } = fake.credentials;
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
	});
	const modifiedBefore = Math.floor(fake.clock.now().getTime() / 1000);
	const found = new Set<string>();
	for (let start = 0; ; start += 50) {
		const page = await listRequests(client, { view: 'ALL', modifiedBefore, start, limit: 50 });
		for (const { id } of page.items) found.add(id);
		if (!page.hasNext) break;
	}
	await client.close();
	return found;
}
