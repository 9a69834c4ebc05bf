import { batch, extractedAt, overlap, partition, run, runRecord, thin, window } from './batches';
import { describeSqlSinks } from './sql-scene';

const letter = {
	recordId: 'bad',
	window,
	code: 'CONCUR_TIMEOUT',
	message: 'too slow',
	correlationId: 'c-1',
	failedAt: extractedAt,
	attempts: 1,
};

describeSqlSinks('state', (newTarget) => {
	test('coverage, detail, dead letters and runs are read back, newest run first', async () => {
		const { sink } = newTarget();
		expect(await sink.inspect()).toBeUndefined();
		await run(sink, batch([], { deadLetters: [letter] }));
		await run(sink);
		const state = await sink.inspect();
		expect(state?.partitions).toEqual([
			{
				partition,
				detail: 'full',
				coverage: [{ ...window, listedAt: 1100 }],
				deadLetters: [letter],
			},
		]);
		const runs = state?.runs ?? [];
		const ids = runs.map(({ runId }) => runId);
		expect(ids).toEqual([...ids].sort().reverse());
		expect(runs).toEqual(ids.map((id) => runRecord(id)));
		expect(runs).toHaveLength(2);
		const session = await sink.open({ overlap });
		expect(session.partitions).toEqual(state?.partitions);
		await session.write(batch([thin('bad')], { resolved: ['bad'] }));
		expect(session.partitions[0]?.deadLetters).toEqual([]);
		await session.abandon();
		expect((await sink.inspect())?.partitions[0]?.deadLetters).toEqual([]);
	});

	test('reset forgets the state of a stream and keeps its rows', async () => {
		const { sink } = newTarget();
		await run(sink, batch([thin('1')], { deadLetters: [letter] }));
		const session = await sink.open({ overlap });
		await session.reset(['travel-requests']);
		expect(session.partitions).toEqual([]);
		await session.abandon();
		const state = await sink.inspect();
		expect(state?.partitions).toEqual([]);
		expect(state?.rows['travel_requests']).toBe(1);
	});

	test('a batch that fails leaves nothing of itself, and the session goes on', async () => {
		const { sink, query } = newTarget();
		const session = await sink.open({ overlap });
		const bad = { ...thin('2'), rows: thin('2').rows, childTables: ['no_such_table'] };
		await expect(session.write(batch([thin('1'), bad]))).rejects.toThrow('no_such_table');
		expect(session.partitions).toEqual([]);
		expect(await query('SELECT id FROM {}.travel_requests')).toEqual([]);
		await session.write(batch([thin('3')]));
		await session.finish(runRecord(session.runId));
		expect(await query('SELECT id FROM {}.travel_requests')).toEqual([{ id: '3' }]);
	});

	test('state is readable while a run goes on', async () => {
		const { sink } = newTarget();
		const session = await sink.open({ overlap });
		await session.write(batch([thin('1')]));
		expect((await sink.inspect())?.rows['travel_requests']).toBe(1);
		await session.abandon();
	});
});
