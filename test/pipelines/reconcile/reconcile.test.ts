import type { FakeConcur } from '../../../fake-concur';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { TEST_SEED } from '../../support/seed';
import {
	childMarks,
	deletedIds,
	describeTargets,
	emptyLists,
	hideFromLists,
	livingIds,
	readAll,
	reconcileOnce,
	revive,
	worldIds,
	type Place,
} from './scene';

const WORLD = {
	seed: TEST_SEED,
	requests: 18,
	documentedExamples: false,
	now: new Date('2026-06-01T00:00:00Z'),
};

describeTargets('Reconciling', (newPlace) => {
	let fake: FakeConcur;
	let place: Place;

	beforeEach(async () => {
		fake = await startFake(WORLD);
		fake.clock.advance(3_600_000);
		place = newPlace();
		await exportOnce(fake, place.sink, { detail: 'full' });
		// Several pages, of which none tells that it is not all there is.
		fake.quirks.ignoreLimit = 7;
	});

	/** Some living requests that have children in the target. */
	const pick = (count: number): string[] => fake.world.requests().slice(5, 5 + count);

	it('marks what was deleted, children included, and nothing else', async () => {
		const gone = pick(3);
		for (const id of gone) fake.world.delete(id);
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({
			...{ status: 'complete', checked: 18, deleted: 3, undeleted: 0, foundMissing: 0 },
			...{ hidden: 0, unconfirmed: 0, errors: [] },
		});
		expect(summary.tables['travel_requests']).toMatchObject({ deleted: 3, inserted: 0 });
		expect(await livingIds(place)).toEqual(worldIds(fake));
		expect(await deletedIds(place)).toEqual([...gone].sort());
		const marks = await Promise.all(gone.map((id) => childMarks(place, id)));
		expect(marks.flat().length).toBeGreaterThan(0);
		expect(marks.flat()).not.toContain(false);
		const others = await Promise.all(pick(5).map((id) => childMarks(place, id)));
		expect(others.flat()).not.toContain(true);
	});

	it('writes nothing where there is nothing to do, also after it has deleted', async () => {
		for (const id of pick(2)) fake.world.delete(id);
		await reconcileOnce(fake, place.sink);
		const before = await readAll(place);
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({ status: 'complete', checked: 16, deleted: 0, tables: {} });
		expect(await readAll(place)).toEqual(before);
		// Pages of seven that share three, the last without anything new; and a token.
		expect(summary.calls).toBeLessThanOrEqual(8);
	});

	it('takes the mark back from a request that is there again, children included', async () => {
		const [id = ''] = pick(1);
		const index = fake.world.find(id) ?? -1;
		fake.world.delete(id);
		await reconcileOnce(fake, place.sink);
		expect(await deletedIds(place)).toEqual([id]);
		revive(fake, id, index);
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({ status: 'complete', undeleted: 1, deleted: 0 });
		expect(await livingIds(place)).toEqual(worldIds(fake));
		expect(await childMarks(place, id)).not.toContain(true);
		const row = (await place.rows()).find((each) => each['id'] === id);
		expect(row).toMatchObject({ name: 'back again', _deleted_at: null });
	});

	it('stores what the target lacks: a request without a modification date', async () => {
		const id = fake.world.create({ name: 'undated' });
		fake.world.backdate(id, undefined);
		fake.clock.advance(3_600_000);
		await exportOnce(fake, place.sink, { detail: 'full' });
		expect(await livingIds(place)).not.toContain(id);
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({ status: 'complete', foundMissing: 1, deleted: 0 });
		const row = (await place.rows()).find((each) => each['id'] === id);
		expect(JSON.parse(String(row?.['_raw']))).toEqual(fake.world.truth(id)?.request);
		// The next run reads on where the last one ended.
		const next = await exportOnce(fake, place.sink, { detail: 'full' });
		expect(next).toMatchObject({ status: 'complete', tables: {} });
	});

	it('leaves, reports and reads again what no list shows although it is there', async () => {
		const hidden = new Set(pick(4));
		const [edited = '', deleted = ''] = hidden;
		fake.world.edit(edited, { name: 'edited while hidden' });
		fake.world.delete(deleted);
		const tamper = hideFromLists((id) => hidden.has(id));
		const summary = await reconcileOnce(fake, place.sink, { tamper });
		expect(summary).toMatchObject({ status: 'complete', hidden: 3, deleted: 1 });
		expect(summary.hiddenIds).toHaveLength(3);
		expect(await livingIds(place)).toEqual(worldIds(fake));
		const row = (await place.rows()).find((each) => each['id'] === edited);
		expect(row).toMatchObject({ name: 'edited while hidden' });
	});

	it('deletes nothing while Concur does not say 404, and deletes when it does', async () => {
		const [plain = '', ...doubtful] = pick(5);
		for (const id of [plain, ...doubtful]) fake.world.delete(id);
		const [poisoned = '', refused = '', slow = '', garbled = ''] = doubtful;
		fake.faults.poison.add(poisoned);
		fake.faults.set(
			{ kind: 'serverError', status: 403, path: refused },
			{ kind: 'timeOut', path: slow },
			{ kind: 'htmlBody', path: garbled },
		);
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({ status: 'incomplete', deleted: 1, unconfirmed: 4 });
		const told = summary.errors.map(({ message }) => message).join();
		expect(doubtful.filter((id) => !told.includes(id))).toEqual([]);
		expect(await deletedIds(place)).toEqual([plain]);
		fake.faults.clear();
		expect(await reconcileOnce(fake, place.sink)).toMatchObject({ deleted: 4, unconfirmed: 0 });
		expect(await livingIds(place)).toEqual(worldIds(fake));
	});

	it('does not believe a 404 that listed requests are answered with too', async () => {
		const hidden = new Set(pick(4));
		for (const id of fake.world.requests()) fake.faults.missing.add(id);
		const tamper = hideFromLists((id) => hidden.has(id));
		const summary = await reconcileOnce(fake, place.sink, { tamper });
		expect(summary).toMatchObject({ status: 'incomplete', deleted: 0, unconfirmed: 4 });
		expect(await deletedIds(place)).toEqual([]);
	});

	it('deletes nothing after a list that is empty or could not be had', async () => {
		fake.world.delete(pick(1)[0] ?? '');
		const before = await readAll(place);
		const empty = await reconcileOnce(fake, place.sink, { tamper: emptyLists });
		expect(empty).toMatchObject({ status: 'incomplete', deleted: 0, unconfirmed: 18 });
		// The second page fails for good.
		fake.faults.set({
			kind: 'serverError',
			path: '/v4/requests$',
			calls: [...Array(99).keys()].slice(2),
		});
		const failed = await reconcileOnce(fake, place.sink);
		expect(failed).toMatchObject({
			...{ status: 'incomplete', deleted: 0, checked: 0 },
			partitions: { complete: 0, incomplete: 1 },
		});
		expect(failed.errors[0]?.message).toContain('nothing was deleted');
		const stop = new AbortController();
		fake.faults.clear();
		const interrupted = await reconcileOnce(fake, place.sink, {
			signal: stop.signal,
			tamper: (_path, answer) => {
				stop.abort();
				return answer;
			},
		});
		expect(interrupted).toMatchObject({ status: 'interrupted', deleted: 0 });
		expect(await readAll(place)).toEqual(before);
	});
});
