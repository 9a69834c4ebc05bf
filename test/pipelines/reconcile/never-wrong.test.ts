import type { FakeConcur } from '../../../fake-concur';
import { Random } from '../../../fake-concur/random';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { TEST_SEED } from '../../support/seed';
import {
	deletedIds,
	describeTargets,
	hideFromLists,
	livingIds,
	reconcileOnce,
	revive,
	worldIds,
	type Place,
	type Tamper,
} from './scene';

const SEEDS = 8;

/** Turns on some of what lists are known to do, or might. */
function twistLists(fake: FakeConcur, random: Random): void {
	const { quirks } = fake;
	quirks.dropNext = random.chance(0.5);
	quirks.unstableTies = random.chance(0.3);
	quirks.ignoreLimit = random.chance(0.8) ? random.between(1, 20) : null;
	quirks.listLinks = random.pick(['all', 'firstLast', 'none']);
	quirks.nextAfterExactlyFullPage = random.chance(0.3);
	quirks.visibilityDelayMs = random.chance(0.3) ? 600_000 : 0;
}

function untwistLists(fake: FakeConcur): void {
	Object.assign(fake.quirks, {
		...{ dropNext: false, unstableTies: false, ignoreLimit: null, listLinks: 'all' },
		...{ nextAfterExactlyFullPage: false, visibilityDelayMs: 0 },
	});
	// What was to be listed late is listed now.
	fake.clock.advance(3_600_000);
}

/** Lists that lack rows, some always and some at times. */
function loseRows(random: Random): Tamper {
	const often = random.next() * 0.3;
	const salt = random.between(0, 15);
	return hideFromLists((id) => parseInt(id.slice(-1), 16) === salt || random.chance(often));
}

/** Everything that may go wrong with a call. */
function breakCalls(fake: FakeConcur, random: Random): void {
	fake.faults.set(
		{ kind: 'serverError', probability: 0.05 },
		{ kind: 'truncatedBody', probability: 0.05 },
		{ kind: 'rateLimit', probability: 0.05, retryAfter: 0 },
	);
	for (const id of fake.world.requests()) if (random.chance(0.1)) fake.faults.poison.add(id);
}

describeTargets('Reconciling a world that changes, through lists that lie', (newPlace) => {
	/** No request that is there is marked as deleted. */
	async function expectNoFalseDeletion(fake: FakeConcur, place: Place): Promise<void> {
		const marked = await deletedIds(place);
		const living = new Set(fake.world.requests());
		expect(marked.filter((id) => living.has(id))).toEqual([]);
	}

	it.each(Array.from({ length: SEEDS }, (_, index) => TEST_SEED + index))(
		'never marks what is there, and ends as the world is (seed %i)',
		async (seed) => {
			const random = new Random(seed, 77);
			const fake = await startFake({
				...{ seed, requests: random.between(5, 60), users: 3 },
				documentedExamples: random.chance(0.5),
			});
			fake.clock.advance(3_600_000);
			const place = newPlace();
			await exportOnce(fake, place.sink, { detail: random.pick(['list', 'request'] as const) });
			const before = new Map(
				worldIds(fake).flatMap((id) => {
					const index = fake.world.find(id);
					return index === undefined ? [] : [[id, index] as const];
				}),
			);
			fake.world.schedule({ edits: 3, creates: 2, deletes: 3 });
			twistLists(fake, random);
			breakCalls(fake, random);
			const changes = fake.world.schedule({
				...{ edits: 1, creates: 1, deletes: 1, everyCalls: 2 },
				...{ on: random.pick(['list', 'any']), times: 15 },
			});
			await reconcileOnce(fake, place.sink, { tamper: loseRows(random) });
			await expectNoFalseDeletion(fake, place);
			changes.stop();

			fake.faults.clear();
			await reconcileOnce(fake, place.sink, { tamper: loseRows(random) });
			await expectNoFalseDeletion(fake, place);

			for (const [id, index] of before)
				if (!fake.world.ledger.lives(index) && random.chance(0.5)) revive(fake, id, index);
			untwistLists(fake);
			const last = await reconcileOnce(fake, place.sink);
			expect(last).toMatchObject({ status: 'complete', errors: [] });
			expect(await livingIds(place)).toEqual(worldIds(fake));
		},
	);
});
