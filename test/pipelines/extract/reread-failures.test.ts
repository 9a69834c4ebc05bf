import { describePlaces, readIds, stateOf, stopAtFailure } from './places';
import { changeQuietly, changesOf, DAY, HOUR, setScene } from './reread-scene';

describePlaces('Reading open requests again', (newPlace) => {
	it('is due still where their list could not be had, and the run says so', async () => {
		const scene = await setScene(newPlace());
		const { fake, place, run } = scene;
		await changeQuietly(scene);
		const before = (await stateOf(place)).openReadAt;
		expect(before).toBeDefined();
		fake.clock.advance(DAY);
		// Two list calls are the windows', the next two are attempts of the sweep's.
		fake.faults.set({ kind: 'serverError', path: '/requests$', calls: [3, 4] });
		const failed = await run();
		expect(failed).toMatchObject({
			...{ status: 'incomplete', windows: { open: 0 }, deadLetters: 0 },
			errors: [{ code: 'CONCUR_UNAVAILABLE' }],
		});
		expect((await stateOf(place)).openReadAt).toBe(before);
		fake.faults.clear();
		const next = await run();
		expect([next.status, changesOf(next)]).toEqual(['complete', 2]);
		expect((await stateOf(place)).openReadAt).toBeGreaterThan(before ?? Infinity);
	});

	it('is not held up by one that cannot be read: the next run tries it first', async () => {
		const scene = await setScene(newPlace());
		const { fake, place, run } = scene;
		const [bad] = await changeQuietly(scene);
		fake.clock.advance(DAY);
		fake.faults.poison.add(bad);
		const failed = await run();
		expect(failed).toMatchObject({ status: 'incomplete', deadLetters: 1, windows: { open: 0 } });
		expect(changesOf(failed)).toBe(1);
		fake.clock.advance(HOUR);
		expect(await run()).toMatchObject({ status: 'incomplete', deadLetters: 1 });
		expect((await stateOf(place)).deadLetters).toMatchObject([{ recordId: bad, attempts: 2 }]);
		fake.faults.clear();
		const next = await run();
		expect([next.status, changesOf(next), readIds(fake)]).toEqual(['complete', 1, [bad]]);
		expect((await stateOf(place)).deadLetters).toEqual([]);
	});

	it('leaves out what was let go, until it changes', async () => {
		const scene = await setScene(newPlace());
		const { fake, run } = scene;
		const [bad] = await changeQuietly(scene);
		fake.faults.poison.add(bad);
		fake.clock.advance(DAY);
		expect(await run({ skipAfter: 1 })).toMatchObject({ status: 'complete', skipped: 1 });
		fake.clock.advance(DAY);
		expect(await run({ skipAfter: 1 })).toMatchObject({ status: 'complete', skipped: 0 });
		expect(readIds(fake)).not.toContain(bad);
	});

	it('is done again by the next run where one was stopped amid it, and stores nothing twice', async () => {
		const scene = await setScene(newPlace());
		const { fake, place, open, run } = scene;
		await changeQuietly(scene);
		const before = (await stateOf(place)).openReadAt;
		fake.clock.advance(DAY);
		const [bad = ''] = open().slice(-1);
		fake.faults.poison.add(bad);
		const stopped = await run(stopAtFailure());
		expect(stopped.status).toBe('interrupted');
		expect((await stateOf(place)).openReadAt).toBe(before);
		fake.faults.clear();
		const next = await run();
		expect([next.status, changesOf(stopped) + changesOf(next)]).toEqual(['complete', 2]);
		expect(new Set(readIds(fake))).toEqual(new Set(open()));
	});
});
