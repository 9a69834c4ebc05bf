import type { FakeConcur } from '../../../fake-concur';
import type { RunSummary } from '../../../pipelines/run/summary';
import { exportOnce, type OnceOptions } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { describePlaces, readIds, stateOf, stopAtFailure, travelCalls, TWICE } from './places';
import type { Place } from './places';

const HOUR = 3_600_000;
const LIST = '/travelrequest/v4/requests';

interface Scene {
	readonly fake: FakeConcur;
	readonly place: Place;
	/** The record that cannot be read. */
	readonly bad: string;
	/** A run an hour after the last one. */
	run(options?: OnceOptions): Promise<RunSummary>;
	letters(): Promise<readonly object[]>;
}

/** A world with one record that cannot be read. */
async function setScene(place: Place): Promise<Scene> {
	const fake = await startFake({ requests: 20 });
	const [bad = ''] = fake.world.requests();
	fake.faults.poison.add(bad);
	return {
		fake,
		place,
		bad,
		run(options) {
			fake.clock.advance(HOUR);
			fake.calls.length = 0;
			return exportOnce(fake, place.sink, { client: TWICE, ...options });
		},
		letters: async () => (await stateOf(place)).deadLetters,
	};
}

describePlaces('A record that could not be read', (newPlace) => {
	it('is tried before anything is listed, and its letter goes once it is read', async () => {
		const { fake, bad, run, letters, place } = await setScene(newPlace());
		expect(await run()).toMatchObject({ status: 'incomplete', deadLetters: 1, skipped: 0 });
		expect(await letters()).toMatchObject([{ recordId: bad, attempts: 1 }]);
		fake.faults.clear();
		expect(await run()).toMatchObject({ status: 'complete', deadLetters: 0, windows: { open: 0 } });
		expect(travelCalls(fake).slice(0, 2)).toEqual([`${LIST}/${bad}`, LIST]);
		expect(await letters()).toEqual([]);
		expect((await place.rows()).filter(({ id }) => id === bad)).toHaveLength(1);
	});

	it('is tried once a run, however many windows list it, and its letter tells of the newest', async () => {
		const { bad, fake, run, letters } = await setScene(newPlace());
		await run();
		const told = await letters();
		for (const attempts of [2, 3]) {
			expect(await run()).toMatchObject({ status: 'incomplete', windows: { open: 1 } });
			// Two attempts of one call, both before the first list call.
			expect(readIds(fake).filter((id) => id === bad)).toHaveLength(2);
			expect(travelCalls(fake).indexOf(LIST)).toBe(2);
			expect(await letters()).toMatchObject([{ recordId: bad, attempts }]);
		}
		expect(await letters()).not.toMatchObject(told);
	});

	it('is deleted where Concur answers 404 meanwhile', async () => {
		const { fake, bad, run, letters, place } = await setScene(newPlace());
		fake.faults.clear();
		await run();
		fake.world.edit(bad, { name: 'about to go' });
		fake.faults.poison.add(bad);
		expect((await run()).deadLetters).toBe(1);
		fake.faults.clear();
		fake.world.delete(bad);
		expect(await run()).toMatchObject({
			status: 'complete',
			tables: { travel_requests: { deleted: 1 } },
		});
		expect(await letters()).toEqual([]);
		const last = (await place.rows()).filter(({ id }) => id === bad).at(-1);
		expect(last?.['_deleted_at']).toMatch(/^\d{4}-/);
	});

	it('keeps its letter while it cannot be read, although no window lists it any more', async () => {
		const { fake, bad, run, letters, place } = await setScene(newPlace());
		await run();
		const until = Math.floor(fake.clock.now().getTime() / 1000);
		fake.clock.advance(HOUR);
		// It leaves the window that listed it for one that this run is not asked for.
		fake.world.edit(bad, { name: 'moved on' });
		expect(await run({ span: { from: undefined, until } })).toMatchObject({
			status: 'incomplete',
			deadLetters: 1,
			windows: { open: 0 },
		});
		expect(await letters()).toMatchObject([{ recordId: bad, attempts: 2 }]);
		fake.faults.clear();
		expect((await run()).status).toBe('complete');
		expect(await letters()).toEqual([]);
		// Read by its id, and then because a window lists it.
		expect(readIds(fake)).toEqual([bad, bad]);
		expect((await place.rows()).filter(({ id }) => id === bad)).toHaveLength(1);
	});

	it('is stored once where its window comes long after it was read by its id', async () => {
		const { fake, bad, run, place } = await setScene(newPlace());
		await run();
		const until = Math.floor(fake.clock.now().getTime() / 1000);
		// More than one batch lies between the retry and the window that the record has moved to.
		fake.world.crowdSecond(700, new Date(fake.clock.now().getTime() + HOUR));
		fake.clock.advance(2 * HOUR);
		fake.world.edit(bad, { name: 'moved on' });
		await run({ span: { from: undefined, until } });
		fake.faults.clear();
		expect((await run({ concurrency: 1 })).status).toBe('complete');
		expect(readIds(fake).filter((id) => id === bad)).toHaveLength(2);
		expect((await place.rows()).filter(({ id }) => id === bad)).toHaveLength(1);
	});

	it('is let go after so many runs, and taken up again when it changes', async () => {
		const { fake, bad, run, letters, place } = await setScene(newPlace());
		const skipAfter = 2;
		expect(await run({ skipAfter })).toMatchObject({ deadLetters: 1, skipped: 0 });
		expect(await run({ skipAfter })).toMatchObject({
			...{ status: 'complete', deadLetters: 0, skipped: 1, windows: { open: 0 } },
		});
		const skipped = { recordId: bad, attempts: 2, skippedAt: expect.stringMatching(/^\d{4}-/) };
		expect(await letters()).toMatchObject([skipped]);

		expect(await run({ skipAfter })).toMatchObject({ status: 'complete', skipped: 0 });
		expect(readIds(fake)).toEqual([]);
		expect(await letters()).toMatchObject([skipped]);

		fake.world.edit(bad, { name: 'changed, and still bad' });
		expect(await run({ skipAfter })).toMatchObject({ status: 'complete', skipped: 1 });
		expect(await letters()).toMatchObject([{ ...skipped, attempts: 3 }]);

		fake.world.edit(bad, { name: 'changed again' });
		expect(await run()).toMatchObject({ status: 'incomplete', deadLetters: 1, skipped: 0 });
		const [pending] = await letters();
		expect(pending).toMatchObject({ attempts: 4 });
		expect(pending).not.toHaveProperty('skippedAt');

		expect(await run({ skipAfter: 5 })).toMatchObject({ status: 'complete', skipped: 1 });
		fake.faults.clear();
		fake.world.edit(bad, { name: 'good now' });
		expect(await run({ skipAfter })).toMatchObject({ status: 'complete', skipped: 0 });
		expect(await letters()).toEqual([]);
		expect((await place.rows()).find(({ id }) => id === bad)).toMatchObject({ name: 'good now' });
	});

	it('closes every window without it once it is let go, a second that is read densely too', async () => {
		const { fake, run, letters } = await setScene(newPlace());
		fake.faults.clear();
		const crowd = fake.world.crowdSecond(150, new Date(fake.clock.now().getTime() - 24 * HOUR));
		const [bad = ''] = crowd;
		fake.faults.poison.add(bad);
		const once = await run({ concurrency: 1, skipAfter: 1 });
		expect(once).toMatchObject({ status: 'complete', deadLetters: 0, skipped: 1 });
		expect(readIds(fake).filter((id) => id === bad)).toHaveLength(2);
		expect(await letters()).toMatchObject([{ recordId: bad, attempts: 1 }]);
	});

	it('keeps its letter, as it was, where the run is stopped while it is tried', async () => {
		const { fake, run, letters } = await setScene(newPlace());
		await run();
		const before = await letters();
		expect((await run(stopAtFailure())).status).toBe('interrupted');
		expect(await letters()).toEqual(before);
		fake.faults.clear();
		expect((await run()).status).toBe('complete');
		expect(await letters()).toEqual([]);
	});

	it('keeps its letter where the run dies before it has stored what it read', async () => {
		const { fake, bad, run, letters, place } = await setScene(newPlace());
		await run();
		const before = await letters();
		fake.faults.clear();
		const { sink } = place;
		const dying: Place['sink'] = {
			...sink,
			open: async (options) => {
				const session = await sink.open(options);
				session.write = () => Promise.reject(new Error('dead'));
				return session;
			},
		};
		await expect(exportOnce(fake, dying)).rejects.toThrow('dead');
		expect(await letters()).toEqual(before);
		await run();
		expect(await letters()).toEqual([]);
		expect((await place.rows()).filter(({ id }) => id === bad)).toHaveLength(1);
	});

	it('is read with its children in the name of its owner, whom the letter does not know', async () => {
		const { fake, bad, run, letters } = await setScene(newPlace());
		await run({ detail: 'full' });
		fake.faults.clear();
		expect((await run({ detail: 'full' })).status).toBe('complete');
		expect(await letters()).toEqual([]);
		const below = fake.calls.filter(({ path }) => path.startsWith(`${LIST}/${bad}/`));
		expect(below.length).toBeGreaterThan(0);
		// The page of the comments lists no user.
		const named = below.filter(({ path }) => !path.endsWith(`${bad}/comments`));
		expect(named.filter(({ userId }) => userId === undefined)).toEqual([]);
	});
});
