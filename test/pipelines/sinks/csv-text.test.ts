import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { batch, makeDirectory, record, run, thin } from './batches';
import { listParts, readRows, readTable } from './read-csv';

const directory = makeDirectory();
let made = 0;
const newDirectory = () => join(directory, `out-${++made}`);

const texts = [
	'plain',
	'say "hi"',
	'a,b',
	'two\nlines',
	'dos\r\nlines',
	'lone\rreturn',
	' padded ',
	'=1+1',
	'+1',
	'-1',
	'@x',
	'\ttab',
	'🚆 Zürich – 東京',
	"it's",
	'\\N',
	'NULL',
	'',
	'"',
	',',
	'\n',
];

describe('text in CSV', () => {
	test('csv-parse reads every text back as it was, and tells null from empty', async () => {
		const out = newDirectory();
		const records = texts.map((comment, index) => thin(String(index), { comment }));
		await run(createCsvSink(out), batch([...records, thin('null', { comment: null })]));
		expect(readRows(out).map((row) => row['comment'])).toEqual([...texts, null]);
	});

	test('any text at all comes back', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), async (values) => {
				const out = newDirectory();
				const records = values.map((comment, index) => thin(String(index), { comment }));
				await run(createCsvSink(out), batch(records));
				expect(readRows(out).map((row) => row['comment'])).toEqual(values);
			}),
			{ numRuns: 30 },
		);
	});

	const python = spawnSync('python3', ['--version']).status === 0 ? test : test.skip;
	python("python's csv module reads the same", async () => {
		const out = newDirectory();
		const records = texts.map((comment, index) => thin(String(index), { comment }));
		await run(createCsvSink(out), batch(records));
		const script = `import csv, json, sys
with open(sys.argv[1], newline='', encoding='utf-8') as f:
    print(json.dumps([row['comment'] for row in csv.DictReader(f)]))`;
		const file = join(out, listParts(out)[0] ?? '', 'travel_requests.csv');
		const { stdout } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
		expect(JSON.parse(stdout)).toEqual(texts);
	});

	test('the file is UTF-8 without a mark, a header, and lines that end in \\n', async () => {
		const out = newDirectory();
		await run(createCsvSink(out), batch([thin('1', { approved: false, closed: true })]));
		const text = readTable(out, listParts(out)[0] ?? '', 'travel_requests') ?? '';
		expect(text).toMatch(/^id,request_id,name,.*,_extracted_at,_run_id,_deleted_at\n1,,/);
		expect(text).toMatch(/\n$/);
		expect(text).not.toContain('\r');
		const [row] = readRows(out);
		expect(row).toMatchObject({ approved: 'false', closed: 'true', ever_sent_back: null });
		expect(row?.['_run_id']).toBe(listParts(out)[0]?.replace('run=', ''));
	});

	test('formulas are escaped on demand, in texts and not in amounts', async () => {
		const out = newDirectory();
		const request = { id: '1', comment: '=1+1', name: '＠x', pnr: 'a=b', businessPurpose: '-\n' };
		const amount = { totalApprovedAmount: { value: -5.5, currency: 'USD' } };
		const sink = createCsvSink(out, { escapeFormulas: true });
		await run(sink, batch([record({ request: { ...request, ...amount } })]));
		expect(readRows(out)[0]).toMatchObject({
			comment: "'=1+1",
			name: "'＠x",
			pnr: 'a=b',
			business_purpose: "'-\n",
			total_approved_amount_value: '-5.5',
		});
	});
});
