import { batch, extractedAt, gone, none, record, run, thin } from './batches';
import { describeSqlSinks, readTimes } from './sql-scene';

const comments = (...values: string[]) => values.map((value) => ({ value }));

describeSqlSinks('rows', (newTarget) => {
	test('new, changed and unchanged records are told apart, and only two of them written', async () => {
		const place = newTarget();
		const { sink, query } = place;
		expect(await run(sink, batch([thin('1'), thin('2')]))).toEqual([
			{ travel_requests: { ...none, inserted: 2 } },
		]);
		const later = { extractedAt: '2026-02-02T00:00:00.000Z' };
		expect(
			await run(sink, batch([thin('1', { name: 'new' }), thin('2'), thin('3')], later)),
		).toEqual([{ travel_requests: { ...none, inserted: 1, updated: 1, unchanged: 1 } }]);
		expect(await query('SELECT id, name FROM {}.travel_requests ORDER BY id')).toEqual([
			{ id: '1', name: 'new' },
			{ id: '2', name: null },
			{ id: '3', name: null },
		]);
		expect(await readTimes(place, 'travel_requests')).toMatchObject({
			'1': later,
			'2': { extractedAt },
			'3': later,
		});
		expect((await sink.inspect())?.rows['travel_requests']).toBe(3);
	});

	test('a value that is gone is gone, whichever rows the run has seen before it', async () => {
		const { sink, query } = newTarget();
		const read = () =>
			query(
				`SELECT id, name, pnr, CASE WHEN closed THEN 'yes' END AS closed
				FROM {}.travel_requests ORDER BY id`,
			);
		await run(sink, batch([thin('1', { name: 'a', pnr: 'P' })]));
		await run(sink, batch([thin('1', { name: 'b' }), thin('2', { pnr: 'Q', closed: true })]));
		expect(await read()).toEqual([
			{ id: '1', name: 'b', pnr: null, closed: null },
			{ id: '2', name: null, pnr: 'Q', closed: 'yes' },
		]);
		await run(sink, batch([thin('2', { name: 'c' })]));
		expect(await read()).toEqual([
			{ id: '1', name: 'b', pnr: null, closed: null },
			{ id: '2', name: 'c', pnr: null, closed: null },
		]);
	});

	test('parent and children are replaced together; a child that disappeared disappears', async () => {
		const { sink, query } = newTarget();
		const write = (...values: string[]) =>
			run(sink, batch([record({ request: { id: 'R' }, comments: comments(...values) })]));
		expect(await write('a', 'b')).toEqual([
			{
				travel_requests: { ...none, inserted: 1 },
				travel_request_comments: { ...none, inserted: 2 },
			},
		]);
		expect(await write('b', 'a')).toEqual([{ travel_requests: { ...none, unchanged: 1 } }]);
		expect(await write('b', 'c', 'd')).toEqual([
			{
				travel_requests: { ...none, updated: 1 },
				travel_request_comments: { inserted: 2, updated: 0, unchanged: 1, deleted: 1 },
			},
		]);
		const read = () => query('SELECT value FROM {}.travel_request_comments ORDER BY value');
		expect(await read()).toEqual([{ value: 'b' }, { value: 'c' }, { value: 'd' }]);
		expect(await write()).toMatchObject([{ travel_request_comments: { ...none, deleted: 3 } }]);
		expect(await read()).toEqual([]);
	});

	test('children that were not read stay, and orphans are no obstacle', async () => {
		const { sink, query, execute } = newTarget();
		const full = record({ request: { id: 'R' }, comments: comments('a') });
		await run(sink, batch([full]));
		await run(sink, batch([thin('R', { name: 'x' })]));
		const read = () => query('SELECT value FROM {}.travel_request_comments');
		expect(await read()).toEqual([{ value: 'a' }]);
		await execute('DELETE FROM {}.travel_requests');
		await run(sink, batch([full]));
		expect(await read()).toEqual([{ value: 'a' }]);
	});

	test('the same child id under two requests is two rows', async () => {
		const { sink, query } = newTarget();
		const both = ['1', '2'].map((id) => record({ request: { id }, expenses: [{ id: 'E' }] }));
		await run(sink, batch(both));
		expect(
			await query('SELECT travel_request_id AS r, id FROM {}.travel_request_expenses ORDER BY r'),
		).toEqual([
			{ r: '1', id: 'E' },
			{ r: '2', id: 'E' },
		]);
	});

	test('a deleted record is marked with its children, once, and comes back when listed again', async () => {
		const place = newTarget();
		const { sink } = place;
		const alive = record({ request: { id: 'R' }, comments: comments('a') });
		await run(sink, batch([alive]));
		const [counts] = await run(sink, batch([gone('R'), gone('never seen')]));
		expect(counts).toMatchObject({
			travel_requests: { ...none, deleted: 1 },
			travel_request_comments: { ...none, deleted: 1 },
		});
		const marks = async () => ({
			...(await readTimes(place, 'travel_requests')),
			...(await readTimes(place, 'travel_request_comments', 'value')),
		});
		const deletedAt = '2026-01-02T00:00:00.000Z';
		expect(await marks()).toMatchObject({ R: { deletedAt }, a: { deletedAt } });
		expect((await sink.inspect())?.rows).toMatchObject({
			travel_requests: 0,
			travel_request_comments: 0,
		});
		const [again] = await run(sink, batch([gone('R', '2026-09-09T00:00:00.000Z')]));
		expect(again?.['travel_requests']).toEqual(none);
		const [back] = await run(sink, batch([alive]));
		expect(back).toEqual({
			travel_requests: { ...none, updated: 1 },
			travel_request_comments: { ...none, updated: 1 },
		});
		expect(await marks()).toMatchObject({ R: { deletedAt: null }, a: { deletedAt: null } });
	});

	test('a record that goes and comes back within one batch is the same record', async () => {
		const place = newTarget();
		const full = { request: { id: 'R' }, comments: comments('one', 'two') };
		await run(place.sink, batch([record(full)]));
		const back = record({ request: { id: 'R', name: 'back' }, comments: comments('one') });
		expect(await run(place.sink, batch([gone('R'), back]))).toMatchObject([
			{ travel_requests: { inserted: 0, updated: 1, deleted: 1 } },
		]);
		const times = Object.entries(await readTimes(place, 'travel_request_comments', 'value'));
		const living = times.filter(([, { deletedAt }]) => deletedAt === null);
		expect(living.map(([value]) => value)).toEqual(['one']);
	});

	test('a record many times in one batch ends as it was last', async () => {
		const { sink, query } = newTarget();
		const named = (name: string) =>
			record({ request: { id: '1', name }, comments: comments(name) });
		const [counts] = await run(
			sink,
			batch([named('a'), named('b'), named('b'), gone('1'), named('c')]),
		);
		expect(counts?.['travel_requests']).toEqual({
			inserted: 1,
			updated: 2,
			unchanged: 1,
			deleted: 1,
		});
		expect(
			await query('SELECT name, value FROM {}.travel_requests, {}.travel_request_comments'),
		).toEqual([{ name: 'c', value: 'c' }]);
	});

	test('a thin record many times in one batch is counted each time', async () => {
		const { sink, query } = newTarget();
		const [counts] = await run(sink, batch(['a', 'b', 'b'].map((name) => thin('1', { name }))));
		expect(counts?.['travel_requests']).toEqual({ ...none, inserted: 1, updated: 1, unchanged: 1 });
		expect(await query('SELECT name FROM {}.travel_requests')).toEqual([{ name: 'b' }]);
	});
});
