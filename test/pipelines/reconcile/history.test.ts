import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { readPresent, readRanges, readValidAt } from '../sinks/history-scene';
import { describeSqlSinks } from '../sinks/sql-scene';
import { reconcileOnce, revive } from './scene';

describeSqlSinks('the history of what reconcile finds', (newTarget) => {
	test('ends with a deletion, children included, and goes on when the request is back', async () => {
		const place = newTarget();
		const fake = await startFake({ requests: 6, users: 1, documentedExamples: false });
		const [id = ''] = fake.world.requests();
		fake.world.addComment(id, 'a comment');
		fake.clock.advance(3_600_000);
		await exportOnce(fake, place.sink, { detail: 'full', history: true });
		const countComments = async () =>
			(await readValidAt(place, 'now'))['travel_request_comments']?.filter(
				(row) => row['travel_request_id'] === id,
			).length;
		expect(await countComments()).toBeGreaterThan(0);

		const index = fake.world.find(id) ?? -1;
		fake.world.delete(id);
		expect(await reconcileOnce(fake, place.sink)).toMatchObject({ deleted: 1 });
		const ended = await readRanges(place, 'travel_requests', 'id');
		expect(ended[id]).toEqual([{ from: expect.any(String), to: expect.any(String) }]);
		expect(await countComments()).toBe(0);
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));

		revive(fake, id, index);
		expect(await reconcileOnce(fake, place.sink)).toMatchObject({ undeleted: 1 });
		const [first, second] = (await readRanges(place, 'travel_requests', 'id'))[id] ?? [];
		expect(second).toEqual({ from: expect.any(String), to: null });
		expect(String(second?.from) >= String(first?.to)).toBe(true);
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
	});
});
