import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { batch, makeDirectory, none, overlap, record, run, runRecord, thin } from './batches';
import { listParts, readRows } from './read-csv';

const directory = makeDirectory();
let made = 0;
const newDirectory = () => join(directory, `out-${++made}`);
const ids = (out: string) => readRows(out).map((row) => row['id']);

describe('what a CSV target may be', () => {
	const refuse = async (out: string, code: string, named?: string) => {
		const error: unknown = await createCsvSink(out)
			.open({ overlap })
			.catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code, message: expect.stringContaining(named ?? '') });
	};

	test('a directory with files of something else is refused and untouched', async () => {
		const out = newDirectory();
		mkdirSync(join(out, 'run=mine'), { recursive: true });
		writeFileSync(join(out, 'notes.txt'), 'x');
		await refuse(out, 'TARGET_FOREIGN');
		expect(readdirSync(out).sort()).toEqual(['notes.txt', 'run=mine']);
	});

	test('an empty directory is taken', async () => {
		const out = newDirectory();
		mkdirSync(out);
		expect(await createCsvSink(out).inspect()).toBeUndefined();
		await run(createCsvSink(out), batch([thin('1')]));
		expect(ids(out)).toEqual(['1']);
	});

	test('a copy without the lock file is known by its manifests', async () => {
		const out = newDirectory();
		await run(createCsvSink(out), batch([thin('1')]));
		const copy = newDirectory();
		mkdirSync(copy);
		const [part = ''] = listParts(out);
		cpSync(join(out, part), join(copy, part), { recursive: true });
		expect(await run(createCsvSink(copy), batch([thin('1')]))).toEqual([
			{ travel_requests: { ...none, unchanged: 1 } },
		]);
	});

	test('a file, a missing parent and a place that takes no directory are refused', async () => {
		const file = join(directory, 'a-file');
		writeFileSync(file, '');
		await refuse(file, 'TARGET_UNUSABLE', 'is a file');
		await refuse(join(directory, 'missing', 'out'), 'TARGET_UNUSABLE', 'does not exist');
		await refuse('/proc/out', 'TARGET_UNUSABLE');
	});

	test.each([
		['cut short', '{"format":"sap-concur-export/csv","ver', 'TARGET_CORRUPT'],
		['of something else', '{"files":[]}', 'TARGET_CORRUPT'],
		['without its parts', '{"format":"sap-concur-export/csv","version":1}', 'TARGET_CORRUPT'],
		['newer', '{"format":"sap-concur-export/csv","version":99,"new":true}', 'TARGET_NEWER'],
	])('a newest manifest that is %s is named, and nothing is touched', async (_what, text, code) => {
		const out = newDirectory();
		await run(createCsvSink(out), batch([thin('1')]));
		const [part = ''] = listParts(out);
		const newest = join(out, 'run=20990101T000000000Z-0000');
		cpSync(join(out, part), newest, { recursive: true });
		writeFileSync(join(newest, '_manifest.json'), text);
		mkdirSync(join(out, '.staging-x'));
		const before = readdirSync(out);
		await refuse(out, code, code === 'TARGET_CORRUPT' ? join(newest, '_manifest.json') : '2');
		await expect(createCsvSink(out).inspect()).rejects.toMatchObject({ code });
		expect(readdirSync(out)).toEqual(before);
	});

	test('what killed runs left staged is removed by the next one', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		await run(sink, batch([thin('1')]));
		const staging = join(out, '.staging-20990101T000000000Z-0000');
		mkdirSync(staging);
		writeFileSync(join(staging, 'travel_requests.csv'), 'half a li');
		const session = await sink.open({ overlap });
		expect(existsSync(staging)).toBe(false);
		expect(session.runId > '20990101').toBe(true);
		await session.abandon();
	});

	test('state is readable while a run goes on', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		await run(sink, batch([thin('1')]));
		const session = await sink.open({ overlap });
		await session.write(batch([thin('2')]));
		expect((await sink.inspect())?.rows).toEqual({ travel_requests: 1 });
		await session.abandon();
	});

	test('after a write that failed, nothing of the part can be committed', async () => {
		const out = newDirectory();
		const sink = createCsvSink(out);
		const session = await sink.open({ overlap });
		await session.write(batch([thin('1')]));
		renameSync(join(out, `.staging-${session.runId}`), join(out, '.moved'));
		const children = record({ request: { id: '2' }, comments: [{ value: 'a' }] });
		await expect(session.write(batch([children]))).rejects.toMatchObject({
			code: 'TARGET_WRITE_FAILED',
		});
		await expect(session.finish(runRecord(session.runId))).rejects.toThrow('broken');
		await session.abandon();
		expect(listParts(out)).toEqual([]);
		await (await sink.open({ overlap })).abandon();
	});
});
