import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createSink, parseTarget } from '../../../pipelines/sinks/create-sink';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import {
	batch,
	extractedAt,
	gone,
	makeDirectory,
	overlap,
	record,
	run,
	runRecord,
	thin,
} from './batches';
import { keepDigits } from './exact-number';
import { hashFile, listParts, readManifestOf } from './read-csv';
import { fileOf, readFooter, readParquet } from './read-parquet';

const directory = makeDirectory();
let made = 0;
const newDirectory = () => join(directory, `out-${++made}`);
const ids = async (out: string) => (await readParquet(out)).map((row) => row['id']);

test('a run appears whole, and its manifest tells the truth', async () => {
	const out = newDirectory();
	const sink = createParquetSink(out);
	const session = await sink.open({ overlap });
	await session.write(
		batch([record({ request: { id: '1' }, comments: [{ value: 'a' }] }), thin('2')]),
	);
	expect(listParts(out)).toEqual([]);
	await session.finish(runRecord(session.runId));
	const [part = ''] = listParts(out);
	expect(readdirSync(out).sort()).toEqual(['.sap-concur-export.lock', `run=${session.runId}`]);
	const { files } = readManifestOf(out, part);
	expect(files.map(({ name, rows }) => [name, rows])).toEqual([
		['travel_requests.parquet', 2],
		['travel_request_comments.parquet', 1],
	]);
	for (const { name, bytes, sha256 } of files)
		expect(hashFile(join(out, part, name))).toEqual({ bytes, sha256 });
	expect(await sink.inspect()).toMatchObject({
		rows: { travel_requests: 2, travel_request_comments: 1 },
		runs: [{ runId: session.runId, status: 'complete' }],
	});
});

test('columns have types', async () => {
	const out = newDirectory();
	await run(createParquetSink(out), batch([thin('1')]));
	const { schema } = await readFooter(fileOf(out, listParts(out)[0] ?? '', 'travel_requests'));
	const typeOf = (name: string) => schema.find((element) => element.name === name);
	expect(typeOf('name')).toMatchObject({ logical_type: { type: 'STRING' } });
	expect(typeOf('approved')).toMatchObject({ type: 'BOOLEAN' });
	expect(typeOf('start_date')).toMatchObject({ type: 'INT32', logical_type: { type: 'DATE' } });
	for (const name of ['last_modified', '_extracted_at', '_deleted_at'])
		expect(typeOf(name)).toMatchObject({
			type: 'INT64',
			logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
		});
	expect(typeOf('total_approved_amount_value')).toMatchObject({
		type: 'FIXED_LEN_BYTE_ARRAY',
		logical_type: { type: 'DECIMAL', precision: 38, scale: 18 },
	});
});

test.each([
	['0.1', '0.1'],
	['1000000000000000.01', '1000000000000000.01'],
	['-12.00000001', '-12.00000001'],
	['33.33333333', '33.33333333'],
	['0.300000000000000040', '0.30000000000000004'],
	['99999999999999999999.999999999999999999', '99999999999999999999.999999999999999999'],
	['-99999999999999999999.999999999999999999', '-99999999999999999999.999999999999999999'],
	['1e-18', '0.000000000000000001'],
	['0', '0'],
])('%s comes back digit for digit', async (digits, expected) => {
	const out = newDirectory();
	const amount = { value: keepDigits(digits), currency: 'EUR' };
	await run(createParquetSink(out), batch([thin('1', { totalApprovedAmount: amount })]));
	expect(await readParquet(out)).toMatchObject([
		{ total_approved_amount_value: expected, _unfit_decimals: null },
	]);
});

test.each(['100000000000000000000', '0.1234567890123456789', '1e999', '-1e20'])(
	'%s, which no DECIMAL(38, 18) can hold, is kept beside its column',
	async (digits) => {
		const out = newDirectory();
		const amount = { value: keepDigits(digits), currency: 'EUR' };
		await run(createParquetSink(out), batch([thin('1', { totalApprovedAmount: amount })]));
		const [row] = await readParquet(out);
		expect(row).toMatchObject({ total_approved_amount_value: null });
		const kept: unknown = JSON.parse(row?.['_unfit_decimals'] ?? '');
		const written = digits === '-1e20' ? '-100000000000000000000' : undefined;
		expect(Object.values(Object(kept))).toHaveLength(1);
		if (written ?? !digits.includes('e'))
			expect(kept).toEqual({ total_approved_amount_value: written ?? digits });
	},
);

test('nasty texts, old dates and deletions come back as they were', async () => {
	const out = newDirectory();
	const texts = ['', ' ', '"', 'a,b\r\nc\u0000', '=1+1', '\u{1F600}', 'é', 'x'.repeat(100_000)];
	const records = texts.map((name, index) => thin(`t${index}`, { name }));
	const dated = thin('d', { startDate: '0001-01-01', lastModified: '9999-12-31T23:59:59.999Z' });
	await run(createParquetSink(out), batch([...records, dated, gone('g')]));
	const rows = await readParquet(out);
	expect(rows.slice(0, texts.length).map((row) => row['name'])).toEqual(texts);
	expect(rows.slice(-2)).toMatchObject([
		{
			start_date: '0001-01-01',
			last_modified: '9999-12-31T23:59:59.999Z',
			_extracted_at: extractedAt,
			_deleted_at: null,
		},
		{ id: 'g', name: null, _deleted_at: '2026-01-02T00:00:00.000Z' },
	]);
});

test('a large part is written in groups of rows', async () => {
	const out = newDirectory();
	const session = await createParquetSink(out).open({ overlap });
	for (let from = 0; from < 25_000; from += 5000)
		await session.write(batch(Array.from({ length: 5000 }, (_, index) => thin(`${from + index}`))));
	await session.finish(runRecord(session.runId));
	const footer = await readFooter(fileOf(out, listParts(out)[0] ?? '', 'travel_requests'));
	const rows = footer.row_groups.map((group) => Number(group.num_rows));
	expect(rows.length).toBeGreaterThan(2);
	expect(Math.max(...rows)).toBeLessThanOrEqual(10_000);
	expect(new Set(await ids(out)).size).toBe(25_000);
});

test('a run that dies between parts leaves whole parts, and the next one goes on', async () => {
	const out = newDirectory();
	const session = await createParquetSink(out, { rollRows: 2 }).open({ overlap });
	await session.write(batch([thin('1'), thin('2')]));
	await session.write(batch([thin('3')]));
	await session.abandon();
	expect(listParts(out)).toEqual([`run=${session.runId}`]);
	const next = await createParquetSink(out).open({ overlap });
	expect(next.partitions).toMatchObject([{ coverage: [{ from: 1000, to: 1099 }] }]);
	// Listed again with the rest of its window: what is unchanged is not written twice.
	const counts = await next.write(batch([thin('1'), thin('2'), thin('3')]));
	expect(counts['travel_requests']).toMatchObject({ inserted: 1, unchanged: 2 });
	await next.finish(runRecord(next.runId));
	expect(await ids(out)).toEqual(['1', '2', '3']);
});

test('what is not a Parquet target is refused and left alone', async () => {
	const csv = newDirectory();
	await run(createCsvSink(csv), batch([thin('1')]));
	const foreign = newDirectory();
	mkdirSync(foreign);
	writeFileSync(join(foreign, 'notes.txt'), 'mine');
	for (const place of [csv, foreign])
		await expect(createParquetSink(place).open({ overlap })).rejects.toMatchObject({
			code: 'TARGET_FOREIGN',
		});
	expect(listParts(csv)).toHaveLength(1);
	expect(readdirSync(foreign)).toEqual(['notes.txt']);
	const parquet = newDirectory();
	await run(createParquetSink(parquet), batch([thin('1')]));
	await expect(createCsvSink(parquet).open({ overlap })).rejects.toMatchObject({
		code: 'TARGET_FOREIGN',
	});
});

test('--to names it', () => {
	const place = newDirectory();
	expect(createSink(`parquet:${place}`).target).toBe(`parquet:${place}`);
	expect(existsSync(place)).toBe(false);
	expect(parseTarget('parquet:out?part_rows=7')).toEqual({
		kind: 'parquet',
		directory: 'out',
		roll: { rollRows: 7 },
	});
	for (const to of ['parquet:out?compress=gz', 'parquet:out?part_rows=0'])
		expect(() => parseTarget(to)).toThrow(expect.objectContaining({ code: 'TARGET_OPTION' }));
});
