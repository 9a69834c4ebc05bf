import {
	appendFileSync,
	chmodSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describeStatus } from '../../../pipelines/cli/describe-status';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import type { Sink } from '../../../pipelines/sinks/sink';
import { withoutWriting } from '../../support/without-writing';
import { batch, makeDirectory, overlap, record, run } from './batches';

const root = makeDirectory();
chmodSync(root, 0o755);

const commented = (id: string) =>
	record({ request: { id, name: `name ${id}` }, comments: [{ value: `comment ${id}` }] });

describe.each<[string, (directory: string) => Sink]>([
	['csv', createCsvSink],
	['parquet', createParquetSink],
])('A folder of %s files', (kind, create) => {
	/** Two runs, each with a request and its comment. */
	const makeTarget = async () => {
		const directory = join(mkdtempSync(join(root, 'folder-')), 'out');
		chmodSync(join(directory, '..'), 0o755);
		const sink = create(directory);
		for (const id of ['1', '2']) await run(sink, batch([commented(id)]));
		const parts = readdirSync(directory)
			.filter((name) => name.startsWith('run='))
			.sort();
		return { directory, sink, parts };
	};
	const damageOf = async (sink: Sink) => {
		const state = await sink.inspect();
		if (!state) throw new Error('It is not there');
		return {
			damage: state.damage,
			shown: describeStatus(state, sink.target, true).join('\n'),
			state,
		};
	};

	test('that is whole has no damage', async () => {
		const { sink } = await makeTarget();
		const { damage, shown } = await damageOf(sink);
		expect(damage).toEqual([]);
		expect(shown).not.toContain('damaged');
	});

	test('names a part that is cut short, one that has grown, and one that is gone', async () => {
		const { directory, sink, parts } = await makeTarget();
		const [first = '', second = ''] = parts.map((part) => join(directory, part));
		const [cut, grown, gone] = [
			join(first, `travel_requests.${kind}`),
			join(first, `travel_request_comments.${kind}`),
			join(second, `travel_requests.${kind}`),
		];
		const size = readFileSync(cut).length;
		truncateSync(cut, 10);
		appendFileSync(grown, 'x');
		rmSync(gone);
		const { damage, shown, state } = await damageOf(sink);
		const named = [cut, grown, gone].map((file) => file.slice(directory.length + 1));
		const grownSize = readFileSync(grown).length;
		expect([...(damage ?? [])].sort()).toEqual(
			[
				`${named[0]} has 10 bytes, and its manifest says ${size}.`,
				`${named[1]} has ${grownSize} bytes, and its manifest says ${grownSize - 1}.`,
				`${named[2]} is missing.`,
			].sort(),
		);
		for (const file of named) expect(shown).toContain(`  damaged: ${file}`);
		expect(state.rows).toEqual({ travel_requests: 2, travel_request_comments: 2 });
	});

	test('is still shown where an older manifest cannot be read, which is named', async () => {
		const { directory, sink, parts } = await makeTarget();
		const [oldest = ''] = parts;
		writeFileSync(join(directory, oldest, '_manifest.json'), 'oh');
		const { damage, state } = await damageOf(sink);
		expect(damage).toEqual([
			`${join(oldest, '_manifest.json')} cannot be read: its rows are not counted.`,
		]);
		expect(state.rows).toEqual({ travel_requests: 1, travel_request_comments: 1 });
		await run(sink, batch([commented('3')]));
	});

	test('whose newest manifest is damaged goes on from the one before once it is moved away', async () => {
		const { directory, sink, parts } = await makeTarget();
		const newest = join(directory, parts.at(-1) ?? '');
		const file = join(newest, '_manifest.json');
		writeFileSync(file, readFileSync(file, 'utf8').replace('"coverage"', '"covered"'));
		const named = {
			code: 'TARGET_CORRUPT',
			message: expect.stringContaining(`${file} lacks what a manifest has: partitions.0.coverage.`),
			advice: expect.stringContaining('move its folder away'),
		};
		await expect(sink.inspect()).rejects.toMatchObject(named);
		await expect(sink.open({ overlap })).rejects.toMatchObject(named);
		rmSync(newest, { recursive: true });
		expect((await run(sink, batch([commented('2')])))[0]?.['travel_requests']).toMatchObject({
			inserted: 1,
		});
	});

	test('that may only be read shows its state, and refuses a run', async () => {
		const { directory, sink } = await makeTarget();
		const before = readdirSync(directory, { recursive: true });
		const found = await withoutWriting(directory, () => sink.inspect());
		expect(found?.rows).toEqual({ travel_requests: 2, travel_request_comments: 2 });
		expect(readdirSync(directory, { recursive: true })).toEqual(before);
		rmSync(join(directory, '.sap-concur-export.lock'));
		await expect(withoutWriting(directory, () => sink.open({ overlap }))).rejects.toMatchObject({
			code: 'TARGET_UNUSABLE',
			message: expect.stringContaining('.lock cannot be written'),
		});
	});
});
