import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { batch, gone, makeDirectory, none, overlap, run, thin, window } from './batches';
import { listParts, readManifestOf, readRows } from './read-csv';

const directory = makeDirectory();
let made = 0;
const newDirectory = () => join(directory, `out-${++made}`);
const ids = (out: string) => readRows(out).map((row) => row['id']);

/** Coverage that settles the window and its neighbours for good. */
const settled = { coverage: [{ from: 900, to: 1200, listedAt: 5000 }] };

describe('what CSV remembers', () => {
	test('a record that is listed again unchanged is not written again', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		expect(await run(sink, batch([thin('1'), thin('2')]))).toEqual([
			{ travel_requests: { ...none, inserted: 2 } },
		]);
		expect(await run(sink, batch([thin('1'), thin('2', { name: 'new' })]))).toEqual([
			{ travel_requests: { ...none, unchanged: 1, updated: 1 } },
		]);
		expect(ids(out)).toEqual(['1', '2', '2']);
	});

	test('fingerprints are forgotten once no second around their window is listed again', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		const far = { from: 2000, to: 2000 };
		await run(sink, batch([thin('1'), thin('far', {}, far)], settled));
		const [first = ''] = listParts(out);
		expect(
			readManifestOf(out, first).recent.map(({ fingerprints }) => Object.keys(fingerprints)),
		).toEqual([['far']]);
		await run(sink, batch([], { coverage: [{ from: 900, to: 3000, listedAt: 9000 }] }));
		expect(readManifestOf(out, listParts(out).at(-1) ?? '').recent).toEqual([]);
	});

	test.each([
		['settled, but not the second before it', { from: 1000, to: 1101, listedAt: 9000 }, 1],
		['settled, but not the second after it', { from: 998, to: 1099, listedAt: 9000 }, 1],
		['young', { from: 990, to: 1110, listedAt: 1120 }, 1],
		['settled all around', { from: 998, to: 1101, listedAt: 9000 }, 0],
	])('the window is %s', async (_what, closed, remembered) => {
		const out = newDirectory();
		await run(createCsvSink(out), batch([thin('1')], { coverage: [closed] }));
		expect(readManifestOf(out, listParts(out)[0] ?? '').recent).toHaveLength(remembered);
	});

	test('many windows are forgotten as they settle, within one run', async () => {
		const out = newDirectory();
		const session = await createCsvSink(out, { rollRows: 1 }).open({ overlap });
		for (let at = 0; at < 100; at++) {
			const of = { from: at, to: at };
			const coverage = [{ from: 0, to: at, listedAt: 5000 }];
			await session.write(batch([thin(String(at), {}, of)], { coverage }));
		}
		const { recent } = readManifestOf(out, listParts(out).at(-1) ?? '');
		expect(recent.length).toBeLessThanOrEqual(3);
		await session.abandon();
		expect(ids(out)).toHaveLength(100);
	});

	test('a deleted record gets one tombstone, and a row when it comes back', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		const [first, second] = await run(sink, batch([gone('1')]), batch([gone('1')]));
		expect(first).toEqual({ travel_requests: { ...none, deleted: 1 } });
		expect(second).toEqual({ travel_requests: none });
		const [row] = readRows(out);
		const filled = Object.entries(row ?? {}).filter(([, value]) => value !== null);
		expect(filled.map(([name]) => name)).toEqual(['id', '_extracted_at', '_run_id', '_deleted_at']);
		expect(row).toMatchObject({ id: '1', _deleted_at: '2026-01-02T00:00:00.000Z' });
		expect(await run(sink, batch([thin('1')]))).toEqual([
			{ travel_requests: { ...none, updated: 1 } },
		]);
	});

	test('reset forgets coverage, dead letters and fingerprints at once; rows stay', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		const letter = { recordId: 'x', window, code: 'C', message: 'm', failedAt: 'f', attempts: 1 };
		await run(sink, batch([thin('1')], { deadLetters: [letter] }));
		expect((await sink.inspect())?.partitions[0]?.deadLetters).toEqual([letter]);
		const session = await sink.open({ overlap });
		await session.reset(['travel-requests']);
		await session.abandon();
		expect(await sink.inspect()).toMatchObject({ partitions: [], rows: { travel_requests: 1 } });
		expect(await run(sink, batch([thin('1')]))).toMatchObject([
			{ travel_requests: { inserted: 1 } },
		]);
	});
});
