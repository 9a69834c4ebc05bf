import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { batch, makeDirectory, overlap, partition, record, run, runRecord, thin } from './batches';
import { hashFile, listParts, readManifestOf, readRows } from './read-csv';

const directory = makeDirectory();
let made = 0;
const newDirectory = () => join(directory, `out-${++made}`);
const ids = (out: string) => readRows(out).map((row) => row['id']);

/** Coverage that settles the window and its neighbours for good. */
const settled = { coverage: [{ from: 900, to: 1200, listedAt: 5000 }] };

describe('a run into CSV', () => {
	test.each([['gz'], ['zst'], [undefined]] as const)(
		'compressed as %s, it appears whole, and its manifest tells the truth',
		async (compression) => {
			const out = newDirectory();
			const sink = createCsvSink(out, compression ? { compression } : {});
			const session = await sink.open({ overlap });
			await session.write(
				batch([record({ request: { id: '1' }, comments: [{ value: 'a' }] }), thin('2')]),
			);
			await session.write(batch([thin('3')]));
			expect(listParts(out)).toEqual([]);
			await session.finish(runRecord(session.runId));
			const [part = ''] = listParts(out);
			expect(part).toBe(`run=${session.runId}`);
			expect(readdirSync(out).sort()).toEqual(['.sap-concur-export.lock', part]);
			const { files } = readManifestOf(out, part);
			expect(files.map(({ table, rows }) => [table, rows])).toEqual([
				['travel_requests', 3],
				['travel_request_comments', 1],
			]);
			for (const { name, bytes, sha256 } of files)
				expect(hashFile(join(out, part, name))).toEqual({ bytes, sha256 });
			expect(ids(out)).toEqual(['1', '2', '3']);
			expect(await sink.inspect()).toMatchObject({
				rows: { travel_requests: 3, travel_request_comments: 1 },
				partitions: [{ partition, detail: 'full' }],
				runs: [{ runId: session.runId, status: 'complete' }],
			});
		},
	);

	test('a long run commits in parts that hold whole batches and sort in order', async () => {
		const out = newDirectory();
		const session = await createCsvSink(out, { rollRows: 3 }).open({ overlap });
		for (let turn = 0; turn < 5; turn++)
			await session.write(batch([thin(`${turn}a`), thin(`${turn}b`)]));
		expect(listParts(out)).toHaveLength(2);
		await session.abandon();
		expect(listParts(out)).toEqual([`run=${session.runId}`, `run=${session.runId}.0002`]);
		expect(ids(out)).toEqual(['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b']);
		const next = await createCsvSink(out).open({ overlap });
		expect(next.runId > session.runId).toBe(true);
		expect(next.partitions).toHaveLength(1);
		await next.abandon();
	});

	test('a run that is old enough commits too', async () => {
		const out = newDirectory();
		const session = await createCsvSink(out, { rollMs: 0 }).open({ overlap });
		await session.write(batch([thin('1')]));
		expect(listParts(out)).toHaveLength(1);
		await session.abandon();
	});

	test('runs without rows do not litter, and no run is forgotten', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		for (let turn = 0; turn < 4; turn++) await run(sink, batch([], settled));
		expect(listParts(out)).toHaveLength(1);
		await run(sink, batch([thin('1')], settled));
		for (let turn = 0; turn < 3; turn++) await run(sink, batch([], settled));
		expect(listParts(out)).toHaveLength(2);
		expect(ids(out)).toEqual(['1']);
		expect((await sink.inspect())?.runs).toHaveLength(8);
	});

	test('an abandoned run leaves nothing but what it had committed', async () => {
		const out = newDirectory();
		const session = await createCsvSink(out).open({ overlap });
		await session.write(batch([thin('1')]));
		await session.abandon();
		await session.abandon();
		expect(readdirSync(out)).toEqual(['.sap-concur-export.lock']);
		expect(await createCsvSink(out).inspect()).toBeUndefined();
	});
});
