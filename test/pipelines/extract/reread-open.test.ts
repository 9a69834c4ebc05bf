import { countListCalls, type OnceOptions } from '../../support/export-once';
import { listParts, readManifestOf } from '../sinks/read-csv';
import {
	describeAllPlaces,
	describePlaces,
	newCsv,
	newSqlite,
	readIds,
	stateOf,
	stopAtFailure,
} from './places';
import {
	ADVANCES,
	changeQuietly,
	changesOf,
	countOf,
	DAY,
	EXCEPTIONS,
	HOUR,
	MINUTE,
	newestRows,
	setScene,
} from './reread-scene';

describeAllPlaces('Changes that no modification time shows', (newPlace) => {
	it('are found once open requests are due, as one new version with all its children', async () => {
		const scene = await setScene(newPlace());
		const { fake, place, run } = scene;
		const [first, second] = await changeQuietly(scene);
		fake.clock.advance(23 * HOUR);
		const early = await run();
		expect(countListCalls(fake)).toBeLessThanOrEqual(2);
		expect(readIds(fake)).toEqual([]);
		expect(changesOf(early)).toBe(0);

		fake.clock.advance(HOUR);
		const due = await run();
		expect(due).toMatchObject({ status: 'complete', deadLetters: 0, errors: [] });
		expect(changesOf(due)).toBe(2);
		const advances = await newestRows(place, ADVANCES, first);
		expect(advances).toHaveLength(countOf(fake.world.truth(first)?.cashAdvances));
		expect(advances.map(({ approval_status_code: code }) => code)).toContain('C_ISSU');
		const exceptions = await newestRows(place, EXCEPTIONS, second);
		expect(exceptions).toHaveLength(countOf(fake.world.truth(second)?.exceptions));
		expect(exceptions.map(({ code }) => code)).toContain('QUIET');
	});

	it('are stored once, however often open requests are read again', async () => {
		const scene = await setScene(newPlace());
		const { fake, place, run } = scene;
		await changeQuietly(scene);
		fake.clock.advance(DAY);
		expect(changesOf(await run())).toBe(2);
		const rows = [await place.rows(), await place.rows(ADVANCES), await place.rows(EXCEPTIONS)];
		for (let day = 0; day < 3; day++) {
			fake.clock.advance(DAY);
			const again = await run();
			expect(readIds(fake).length).toBeGreaterThan(10);
			expect(changesOf(again)).toBe(0);
		}
		expect([await place.rows(), await place.rows(ADVANCES), await place.rows(EXCEPTIONS)]).toEqual(
			rows,
		);
	});
});

describePlaces('Open requests', (newPlace) => {
	it('are read again, each once, and closed, canceled and just read ones are not', async () => {
		const { fake, open, run } = await setScene(newPlace());
		await run();
		const shut = fake.world.requests().filter((id) => !open().includes(id));
		expect(shut.length).toBeGreaterThan(3);
		fake.clock.advance(DAY - HOUR);
		const [edited = ''] = open();
		fake.world.edit(edited, { name: 'edited' });
		fake.clock.advance(HOUR);
		expect((await run()).status).toBe('complete');
		expect(readIds(fake).sort()).toEqual(open());
	});

	it.each<{ when: string; options: OnceOptions }>([
		{ when: 'it is switched off', options: { rereadOpenHours: 0 } },
		{ when: 'the interval is longer', options: { rereadOpenHours: 49 } },
		{ when: 'children are not read at all', options: { detail: 'request' } },
		{ when: 'the run ends in the past', options: { span: { from: undefined, until: 1 } } },
	])('are not read again where $when', async ({ options }) => {
		const { fake, run } = await setScene(newPlace());
		await run({ detail: options.detail ?? 'full' });
		fake.clock.advance(2 * DAY);
		expect((await run(options)).status).toBe('complete');
		expect(readIds(fake)).toEqual([]);
		expect(countListCalls(fake)).toBeLessThanOrEqual(2);
	});

	it('are not read twice by the first run, also when it was stopped and goes on', async () => {
		const { fake, place, run } = await setScene(newPlace());
		const [bad = ''] = fake.world.requests();
		fake.faults.poison.add(bad);
		expect((await run(stopAtFailure())).status).toBe('interrupted');
		fake.faults.clear();
		const read = await run();
		expect(read.status).toBe('complete');
		const ids = readIds(fake);
		expect(ids).toHaveLength(new Set(ids).size);
		expect((await stateOf(place)).openReadAt).toBeLessThan(fake.clock.now().getTime() / 1000);
		fake.clock.advance(HOUR);
		await run();
		expect(readIds(fake)).toEqual([]);
	});

	it('of before the time that the target begins at are left out', async () => {
		const { fake, place, run } = await setScene(newPlace());
		const begin = Math.floor((fake.clock.now().getTime() - 200 * DAY) / 1000);
		const span = { from: begin, until: undefined };
		await run({ span });
		const ids = async () => new Set((await place.rows()).map(({ id }) => id));
		const before = await ids();
		fake.clock.advance(DAY);
		expect((await run({ span })).status).toBe('complete');
		expect(readIds(fake).length).toBeGreaterThan(0);
		expect(await ids()).toEqual(before);
		expect(before.size).toBeLessThan(fake.world.requests().length);
	});

	it('that a window will list once more are stored once for each change', async () => {
		const { fake, place, open, run } = await setScene(newPlace());
		const [busy = ''] = open();
		const advance = fake.world.addCashAdvance(busy, { approvalStatus: { code: 'C_PEND' } });
		await run();
		fake.clock.advance(DAY - 10 * MINUTE);
		fake.world.edit(busy, { name: 'listed soon, and once more later' });
		fake.clock.advance(MINUTE);
		expect(changesOf(await run())).toBe(1);
		fake.world.editCashAdvance(advance, { approvalStatus: { code: 'C_ISSU' } });
		fake.clock.advance(8 * MINUTE);
		expect(changesOf(await run())).toBe(1);
		expect(readIds(fake).length).toBeGreaterThan(10);
		fake.clock.advance(15 * MINUTE);
		expect(changesOf(await run())).toBe(0);
		expect(readIds(fake)).toEqual([busy]);
		const codes = (await newestRows(place, ADVANCES, busy)).map(
			(row) => row['approval_status_code'],
		);
		expect(codes).toContain('C_ISSU');
	});
});

describe('A journal', () => {
	it('remembers the requests that are open, and forgets them with their last version', async () => {
		const place = newCsv();
		const { fake, open, run } = await setScene(place);
		const remembered = (): string[] => {
			const [part = ''] = listParts(place.directory).slice(-1);
			return readManifestOf(place.directory, part).open.flatMap(({ fingerprints }) =>
				Object.keys(fingerprints),
			);
		};
		await run();
		expect(listParts(place.directory).length).toBeGreaterThan(1);
		expect(remembered().sort()).toEqual(open());
		const [closed = '', canceled = '', deleted = '', kept = ''] = open();
		fake.world.edit(closed, { closed: true });
		fake.world.edit(canceled, { approvalStatus: { code: 'CANCELED' } });
		fake.world.edit(deleted, { name: 'about to go' });
		fake.faults.vanishing.add(deleted);
		fake.clock.advance(HOUR);
		await run();
		expect(remembered()).toContain(kept);
		for (const id of [closed, canceled, deleted]) expect(remembered()).not.toContain(id);
		expect(remembered()).toHaveLength(open().length);
	});
});

describe('Two users', () => {
	it('have each their own schedule', async () => {
		const { fake, place, run } = await setScene(newSqlite());
		const [first = '', second = ''] = fake.world.users.map(({ id }) => id);
		await run({ users: [first] });
		fake.clock.advance(12 * HOUR);
		await run({ users: [first, second] });
		fake.clock.advance(12 * HOUR);
		expect((await run({ users: [first, second] })).status).toBe('complete');
		const owned = fake.world.requests(first);
		expect(readIds(fake).length).toBeGreaterThan(0);
		expect(readIds(fake).filter((id) => !owned.includes(id))).toEqual([]);
		expect((await place.sink.inspect())?.partitions).toHaveLength(2);
	});
});
