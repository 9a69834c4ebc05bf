import { setTimeout as wait } from 'node:timers/promises';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { startCuttingProxy, type Cut, type CuttingProxy } from '../../support/cutting-proxy';
import { batch, none, overlap, record, run, runRecord } from './batches';
import { describePostgres, execute, type PostgresPlace } from './postgres-scene';

const SIZE = 5;

/** Batch number `index`: five requests of its own, and the first batch's anew, all with children. */
function numbered(index: number) {
	const ids = Array.from({ length: SIZE }, (_, at) => `${index}-${at}`);
	const changed = index === 0 ? [] : Array.from({ length: SIZE }, (_, at) => `0-${at}`);
	return batch(
		[...ids, ...changed].map((id) =>
			record({ request: { id, name: `n${index}` }, comments: [{ value: `${id} in ${index}` }] }),
		),
		{ coverage: [{ from: 0, to: index, listedAt: 5000 }] },
	);
}

const EXPECTED = {
	travel_requests: { ...none, inserted: SIZE, updated: SIZE },
	travel_request_comments: { ...none, inserted: 2 * SIZE, deleted: SIZE },
};

/** What stands in the target must be exactly what batches 0 to `last` leave. */
async function expectBatches(place: PostgresPlace, last: number): Promise<void> {
	const [counts] = await place.query(
		`SELECT (SELECT count(*) FROM {}.travel_requests) AS requests,
		(SELECT count(*) FROM {}.travel_request_comments) AS comments,
		(SELECT count(*) FROM {}.travel_requests WHERE id LIKE '0-%' AND name = 'n${last}') AS newest,
		(SELECT count(*) FROM {}.travel_request_comments WHERE value LIKE '0-% in ${last}') AS newest_comments,
		(SELECT windows->0->>'to' FROM {}._sap_concur_coverage) AS covered`,
	);
	const rows = String(SIZE * (last + 1));
	expect(counts).toEqual({
		...{ requests: rows, comments: rows, covered: String(last) },
		...{ newest: String(SIZE), newest_comments: String(SIZE) },
	});
}

describePostgres('a connection to PostgreSQL that breaks', (scene) => {
	let proxy: CuttingProxy;
	beforeAll(async () => {
		const { hostname, port } = new URL(scene().server.url);
		proxy = await startCuttingProxy({ host: hostname, port: Number(port) });
	});
	afterAll(() => proxy.close());

	const newCuttable = () => {
		const place = scene().newTarget();
		const url = new URL(place.url);
		url.hostname = '127.0.0.1';
		url.port = String(proxy.port);
		return { ...place, sink: createSink(url.href) };
	};

	test.each<Cut['when']>(['before', 'after', 'unnoticed'])(
		'cut at any piece of a batch (%s): the batch is stored once',
		async (when) => {
			const place = newCuttable();
			const session = await place.sink.open({ overlap });
			await session.write(numbered(0));
			let index = 0;
			for (let piece = 1; ; piece++) {
				const before = proxy.cuts;
				proxy.cutAt({ piece, when });
				const counts = await session.write(numbered(++index));
				proxy.cutAt(undefined);
				expect({ piece, counts }).toEqual({ piece, counts: EXPECTED });
				await expectBatches(place, index);
				if (proxy.cuts === before) break;
			}
			// BEGIN, the look-up, the rows, the state and COMMIT, each in a piece of its own.
			expect(index).toBeGreaterThan(12);
			const commits = await place.query(
				`SELECT value FROM {}._sap_concur_meta WHERE name = 'last_commit'`,
			);
			expect(commits).toEqual([{ value: `${session.runId}:${index + 1}` }]);
			await session.finish(runRecord(session.runId));
		},
	);

	test('in the midst of a long COPY: nothing of it stays, then all of it is there', async () => {
		const place = newCuttable();
		const name = 'x'.repeat(100_000);
		const long = batch(
			Array.from({ length: 100 }, (_, id) => record({ request: { id: String(id), name } })),
		);
		const session = await place.sink.open({ overlap });
		proxy.cutAt({ piece: 40, when: 'before' });
		expect(await session.write(long)).toEqual({ travel_requests: { ...none, inserted: 100 } });
		proxy.cutAt(undefined);
		expect(proxy.cuts).toBeGreaterThan(0);
		await session.finish(runRecord(session.runId));
		expect(await place.query('SELECT count(*) AS n FROM {}.travel_requests')).toEqual([
			{ n: '100' },
		]);
	});

	test('while the run is recorded: it is recorded once', async () => {
		for (const when of ['before', 'after'] as const) {
			const place = newCuttable();
			const session = await place.sink.open({ overlap });
			proxy.cutAt({ text: 'COMMIT', when });
			await session.finish(runRecord(session.runId));
			expect((await place.sink.inspect())?.runs).toEqual([runRecord(session.runId)]);
		}
	});

	test('between two batches, both sessions at once: the run takes its lock again', async () => {
		const place = newCuttable();
		const session = await place.sink.open({ overlap });
		await session.write(numbered(0));
		await endSessions(place);
		expect(await session.write(numbered(1))).toEqual(EXPECTED);
		await expect(place.sink.open({ overlap })).rejects.toMatchObject({ code: 'TARGET_LOCKED' });
		await session.finish(runRecord(session.runId));
		await (await place.sink.open({ overlap })).abandon();
	});

	test('a run that lost its lock to another one stops, and has written nothing beside it', async () => {
		const place = newCuttable();
		const session = await place.sink.open({ overlap });
		await session.write(numbered(0));
		await endSessions(place);
		const other = await place.sink.open({ overlap });
		await expect(session.write(numbered(1))).rejects.toMatchObject({ code: 'TARGET_LOCKED' });
		await session.abandon();
		await other.write(numbered(1));
		await other.finish(runRecord(other.runId));
		await expectBatches(place, 1);
	});

	// As if the lock's holder had not noticed that it is gone.
	test('a run whose turn is over is stopped by the ledger alone', async () => {
		const place = scene().newTarget();
		const session = await place.sink.open({ overlap });
		await place.execute(
			`UPDATE {}._sap_concur_meta SET value = 'another:0' WHERE name = 'last_commit'`,
		);
		await expect(session.write(numbered(0))).rejects.toMatchObject({ code: 'TARGET_LOCKED' });
		await session.abandon();
		expect(await place.query('SELECT id FROM {}.travel_requests')).toEqual([]);
	});

	async function endSessions(place: PostgresPlace): Promise<void> {
		await execute(
			scene().server.url,
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'sap-concur-export' AND pid <> pg_backend_pid()`,
		);
		for (let open = 1; open > 0;) {
			const [row] = await place.query(
				`SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'sap-concur-export'`,
			);
			open = Number(row?.['n']);
		}
	}
});

describePostgres('a PostgreSQL that is killed', (scene) => {
	test('during a run: the run goes on when it is back, and nothing is lost or twice', async () => {
		const { server } = scene();
		if (!server.process) return; // Somebody else's server is not killed.
		const place = scene().newTarget();
		const session = await place.sink.open({ overlap });
		await session.write(numbered(0));
		let index = 0;
		for (const afterMs of [0, 2, 5, 9, 14, 20]) {
			const crash = wait(afterMs).then(() => server.crash());
			for (let batches = 0; batches < 6; batches++)
				expect(await session.write(numbered(++index))).toEqual(EXPECTED);
			await crash;
			expect(await session.write(numbered(++index))).toEqual(EXPECTED);
			await expectBatches(place, index);
		}
		await session.finish(runRecord(session.runId));
		expect(await run(place.sink, numbered(0))).toHaveLength(1);
	});
});
