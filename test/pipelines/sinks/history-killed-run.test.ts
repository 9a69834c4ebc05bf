import { join } from 'node:path';
import { createSink } from '../../../pipelines/sinks/create-sink';
import { startCuttingProxy, type Cut, type CuttingProxy } from '../../support/cutting-proxy';
import { batch, gone, makeDirectory, overlap, record, runRecord } from './batches';
import { findWrongRanges, readPresent, readValidAt } from './history-scene';
import { compileSinks, killWriter } from './killed-run';
import { describePostgres } from './postgres-scene';
import { sqlitePlace, type SqlPlace } from './sql-scene';

async function beginHistory({ sink }: SqlPlace): Promise<void> {
	const session = await sink.open({ overlap, history: true });
	await session.finish(runRecord(session.runId));
}

describe('a run into SQLite with a history that is killed', () => {
	const directory = makeDirectory();

	test('leaves a version for every row, and for no other', async () => {
		const file = join(directory, 'target.db');
		const place = sqlitePlace(file);
		await beginHistory(place);
		const script = compileSinks(join(directory, 'code'));
		for (const afterMs of [0, 1, 3, 7, 20, 55, 90]) {
			await killWriter(script, 'sqlite', file, afterMs);
			expect(await readValidAt(place, 'now')).toEqual(await readPresent(place));
			expect(await findWrongRanges(place)).toEqual([]);
		}
		expect((await place.sink.inspect())?.rows['travel_requests_history']).toBeGreaterThan(0);
	});
});

describePostgres('a connection to PostgreSQL that breaks while a history is kept', (scene) => {
	let proxy: CuttingProxy;
	beforeAll(async () => {
		const { hostname, port } = new URL(scene().server.url);
		proxy = await startCuttingProxy({ host: hostname, port: Number(port) });
	});
	afterAll(() => proxy.close());

	/** Batch number `index`: one request anew, one changed, one gone and one back. */
	const numbered = (index: number) =>
		batch(
			[
				record({ request: { id: `new-${index}` }, comments: [{ value: `${index}` }] }),
				record({
					request: { id: 'changed', name: `n${index}` },
					comments: [{ value: `${index}` }],
				}),
				index % 2 === 0
					? record({ request: { id: 'odd' }, comments: [{ value: 'odd' }] })
					: gone('odd', timeOf(index)),
			],
			{ extractedAt: timeOf(index), coverage: [{ from: 0, to: index, listedAt: 5000 }] },
		);
	const timeOf = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();

	test.each<Cut['when']>(['before', 'after'])(
		'cut at any piece of a batch (%s): its versions are there once',
		async (when) => {
			const place = scene().newTarget();
			await beginHistory(place);
			const url = Object.assign(new URL(place.url), {
				hostname: '127.0.0.1',
				port: String(proxy.port),
			});
			const session = await createSink(url.href).open({ overlap });
			let index = 0;
			for (let piece = 1; ; piece++) {
				const before = proxy.cuts;
				proxy.cutAt({ piece, when });
				await session.write(numbered(index));
				proxy.cutAt(undefined);
				const valid = await readValidAt(place, timeOf(index));
				expect({ piece, ...valid }).toEqual({ piece, ...(await readPresent(place)) });
				index++;
				if (proxy.cuts === before) break;
			}
			await session.finish(runRecord(session.runId));
			expect(index).toBeGreaterThan(12);
			expect(await findWrongRanges(place)).toEqual([]);
			const changed = await place.query(
				`SELECT count(*) AS n FROM {}.travel_requests_history WHERE id = 'changed'`,
			);
			expect(changed).toEqual([{ n: String(index) }]);
		},
	);
});
