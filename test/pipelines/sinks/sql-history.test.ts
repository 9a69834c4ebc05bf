import { batch, gone, none, overlap, record, run, runRecord, thin } from './batches';
import { findWrongRanges, readPresent, readRanges, readValidAt } from './history-scene';
import { describeSqlSinks, type SqlPlace } from './sql-scene';
import type { Batch, ExtractedRecord } from '../../../pipelines/sinks/sink';

/** The first of January 2026 at this hour. */
const at = (hour: number, ms = 0): string =>
	new Date(Date.UTC(2026, 0, 1, hour, 0, 0, ms)).toISOString();

const request = (name: string, ...comments: string[]) =>
	record({ request: { id: 'R', name }, comments: comments.map((value) => ({ value })) });

const seen = (hour: number, ...records: ExtractedRecord[]): Batch =>
	batch(records, { extractedAt: at(hour) });

/** A run that is told to keep a history. */
async function runWithHistory({ sink }: SqlPlace, ...batches: Batch[]): Promise<void> {
	const session = await sink.open({ overlap, history: true });
	for (const one of batches) await session.write(one);
	await session.finish(runRecord(session.runId));
}

describeSqlSinks('history', (newTarget) => {
	test('a version ends when the next begins; a child that stays the same keeps its own', async () => {
		const place = newTarget();
		await runWithHistory(
			place,
			seen(1, request('a', 'stays', 'goes')),
			seen(2, request('b', 'stays', 'comes')),
			seen(3, request('b', 'comes', 'stays')),
		);
		expect(await readRanges(place, 'travel_requests', 'name')).toEqual({
			a: [{ from: at(1), to: at(2) }],
			b: [{ from: at(2), to: null }],
		});
		expect(await readRanges(place, 'travel_request_comments', 'value')).toEqual({
			stays: [{ from: at(1), to: null }],
			goes: [{ from: at(1), to: at(2) }],
			comes: [{ from: at(2), to: null }],
		});
		const [request2] = (await readValidAt(place, at(2)))['travel_requests'] ?? [];
		expect(request2).toMatchObject({ name: 'b', _raw: '{"id":"R","name":"b"}' });
	});

	test('a deletion ends the request and its children when it was seen; coming back begins anew', async () => {
		const place = newTarget();
		await runWithHistory(place, seen(1, request('a', 'x')));
		await runWithHistory(place, seen(3, gone('R', at(2)), gone('never seen', at(2))));
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
		await runWithHistory(place, seen(4, gone('R', at(4))));
		await runWithHistory(place, seen(5, request('a', 'x')));
		const twice = [
			{ from: at(1), to: at(2) },
			{ from: at(5), to: null },
		];
		expect(await readRanges(place, 'travel_requests', 'id')).toEqual({ R: twice });
		expect(await readRanges(place, 'travel_request_comments', 'value')).toEqual({ x: twice });
	});

	test('children that a run does not read go on', async () => {
		const place = newTarget();
		await runWithHistory(place, seen(1, request('a', 'x')), seen(2, thin('R', { name: 'b' })));
		expect(await readRanges(place, 'travel_request_comments', 'value')).toEqual({
			x: [{ from: at(1), to: null }],
		});
	});

	test.each([
		{
			what: 'two writes in one millisecond: the later one counts',
			batches: [seen(1, request('a', 'a')), seen(1, request('b', 'b'))],
			ranges: { b: [{ from: at(1), to: null }] },
		},
		{
			what: 'a record many times in a batch: the last one counts',
			batches: [seen(1, request('a'), request('b'), gone('R', at(1)), request('c'))],
			ranges: { c: [{ from: at(1), to: null }] },
		},
		{
			what: 'gone and back in one batch: never away',
			batches: [seen(1, request('a')), seen(3, gone('R', at(2)), request('b'))],
			ranges: { a: [{ from: at(1), to: at(3) }], b: [{ from: at(3), to: null }] },
		},
		{
			what: 'a request that came and went in one millisecond: was never there',
			batches: [seen(1, request('a', 'x')), seen(1, gone('R', at(1)))],
			ranges: {},
		},
		{
			what: 'a clock set back: no version is lost',
			batches: [seen(5, request('a')), seen(3, request('b')), seen(4, request('c'))],
			ranges: {
				a: [{ from: at(5), to: at(5, 1) }],
				b: [{ from: at(5, 1), to: at(5, 2) }],
				c: [{ from: at(5, 2), to: null }],
			},
		},
		{
			what: "a deletion by Concur's clock, which is slow: seen when the export saw it",
			batches: [seen(5, request('a')), seen(6, gone('R', at(4)))],
			ranges: { a: [{ from: at(5), to: at(6) }] },
		},
		{
			what: "a deletion by Concur's clock, which is fast: what comes back comes after it",
			batches: [seen(5, request('a')), seen(6, gone('R', at(9))), seen(7, request('b'))],
			ranges: { a: [{ from: at(5), to: at(9) }], b: [{ from: at(9), to: null }] },
		},
	])('$what', async ({ batches, ranges }) => {
		const place = newTarget();
		await runWithHistory(place, ...batches);
		expect(await readRanges(place, 'travel_requests', 'name')).toEqual(ranges);
		expect(await findWrongRanges(place)).toEqual([]);
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
	});

	test('unchanged records write nothing, and history is not counted', async () => {
		const place = newTarget();
		const session = await place.sink.open({ overlap, history: true });
		expect(await session.write(seen(1, request('a', 'x')))).toEqual({
			travel_requests: { ...none, inserted: 1 },
			travel_request_comments: { ...none, inserted: 1 },
		});
		expect(await session.write(seen(2, request('a', 'x')))).toEqual({
			travel_requests: { ...none, unchanged: 1 },
		});
		await session.finish(runRecord(session.runId));
		expect((await place.sink.inspect())?.rows).toMatchObject({
			travel_requests: 1,
			travel_requests_history: 1,
			travel_request_comments_history: 1,
			travel_request_expenses_history: 0,
		});
	});

	test('turned on late, it begins with what is there; later runs go on with it unasked', async () => {
		const place = newTarget();
		await run(place.sink, seen(1, request('a', 'x'), thin('gone')), seen(2, gone('gone', at(2))));
		expect((await place.sink.inspect())?.rows).not.toHaveProperty('travel_requests_history');
		await runWithHistory(place);
		expect(await readRanges(place, 'travel_requests', 'id')).toEqual({
			R: [{ from: at(1), to: null }],
		});
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
		const [since] = await place.query(
			`SELECT value FROM {}._sap_concur_meta WHERE name = 'history_since'`,
		);
		await run(place.sink, seen(3, request('b', 'y')));
		await runWithHistory(place, seen(4, gone('R', at(4))));
		expect(await readRanges(place, 'travel_requests', 'name')).toEqual({
			a: [{ from: at(1), to: at(3) }],
			b: [{ from: at(3), to: at(4) }],
		});
		expect(
			await place.query(`SELECT value FROM {}._sap_concur_meta WHERE name = 'history_since'`),
		).toEqual([since]);
	});

	test('turned off by hand, it is gone; turned on again, it begins anew', async () => {
		const place = newTarget();
		await runWithHistory(place, seen(1, request('a')), seen(2, request('b')));
		const tables = Object.keys((await place.sink.inspect())?.rows ?? {});
		for (const table of tables.filter((name) => name.endsWith('_history')))
			await place.execute(`DROP TABLE {}.${table}`);
		await place.execute(`DELETE FROM {}._sap_concur_meta WHERE name = 'history_since'`);
		await run(place.sink, seen(3, request('c')));
		expect(Object.keys((await place.sink.inspect())?.rows ?? {})).not.toContain(
			'travel_requests_history',
		);
		await runWithHistory(place);
		expect(await readRanges(place, 'travel_requests', 'name')).toEqual({
			c: [{ from: at(3), to: null }],
		});
	});

	test('a batch that fails leaves neither rows nor versions', async () => {
		const place = newTarget();
		const session = await place.sink.open({ overlap, history: true });
		await session.write(seen(1, request('a', 'x')));
		const before = await readValidAt(place, 'now');
		await place.execute('ALTER TABLE {}.travel_request_comments_history RENAME TO away');
		await expect(session.write(seen(2, request('b', 'y'), thin('2')))).rejects.toThrow(
			'travel_request_comments_history',
		);
		await place.execute('ALTER TABLE {}.away RENAME TO travel_request_comments_history');
		expect(await readPresent(place)).toEqual(before);
		expect(await readValidAt(place, 'now')).toEqual(before);
		await session.write(seen(3, request('b', 'y')));
		await session.finish(runRecord(session.runId));
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
	});

	test("somebody else's table of that name is in the way only of a history", async () => {
		const place = newTarget();
		await run(place.sink, seen(1, request('a')));
		await place.execute('CREATE VIEW {}.travel_requests_history AS SELECT 1 AS theirs');
		await expect(place.sink.open({ overlap, history: true })).rejects.toMatchObject({
			code: 'TARGET_FOREIGN',
			message: expect.stringContaining('travel_requests_history'),
		});
		await run(place.sink, seen(2, request('b')));
		expect(await place.query('SELECT theirs FROM {}.travel_requests_history')).toEqual([
			{ theirs: '1' },
		]);
	});

	test('columns that it lacks are added, and filled from the next version on', async () => {
		const place = newTarget();
		const full = record({
			request: { id: 'R', pnr: 'P' },
			comments: [{ value: 'x', isLatest: true }],
		});
		await runWithHistory(place, seen(1, full));
		for (const table of ['travel_requests', 'travel_requests_history'])
			await place.execute(`ALTER TABLE {}.${table} DROP COLUMN pnr`);
		for (const table of ['travel_request_comments', 'travel_request_comments_history'])
			await place.execute(`ALTER TABLE {}.${table} DROP COLUMN is_latest`);
		await run(place.sink, seen(2, full));
		expect(
			await place.query('SELECT pnr FROM {}.travel_requests_history ORDER BY _valid_from'),
		).toEqual([{ pnr: null }, { pnr: 'P' }]);
		expect(await readRanges(place, 'travel_request_comments', 'value')).toEqual({
			x: [
				{ from: at(1), to: at(2) },
				{ from: at(2), to: null },
			],
		});
		expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
	});
});
