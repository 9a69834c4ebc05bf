import { createSink } from '../../../pipelines/sinks/create-sink';
import { selectAll, type Selection } from '../../../pipelines/sinks/singer/selection';
import { buildCatalog, readSelection } from '../../../pipelines/sinks/singer/singer-catalog';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { readState } from '../../../pipelines/sinks/singer/singer-state';
import { tables, tablesOf } from '../../../pipelines/tables/catalog';
import { batch, gone, overlap, record, run, runRecord, thin } from './batches';
import { keepDigits } from './exact-number';
import { ClosedOutput, TapOutput } from './singer-output';
import { SingerLoader } from './singer-reader';

const withComment = record({ request: { id: '1', name: 'one' }, comments: [{ value: 'a' }] });
const onlyRequests: Selection = new Map([...selectAll()].slice(0, 1));

async function load(
	loader: SingerLoader,
	selection: Selection,
	...batches: Parameters<typeof batch>[0][]
) {
	const output = new TapOutput();
	const start = readState(loader.state, selection, 'full');
	await run(createSingerSink({ output, selection, start }), ...batches.map((each) => batch(each)));
	loader.read(output.text);
	return { start, text: output.text };
}

test('schemas come first, and a STATE only after the records it covers', async () => {
	const output = new TapOutput();
	const session = await createSingerSink({ output, stateEvery: { rows: 2 } }).open({ overlap });
	const typesSoFar = () =>
		output.text
			.trimEnd()
			.split('\n')
			.map((line) => /^{"type":"([A-Z]+)"/.exec(line)?.[1]);
	await session.write(batch([thin('1')]));
	const read = tablesOf('travel-requests');
	expect(typesSoFar()).toEqual([...read.map(() => 'SCHEMA'), 'RECORD']);
	await session.write(batch([thin('2')]));
	expect(typesSoFar().slice(read.length)).toEqual(['RECORD', 'RECORD', 'STATE']);
	await session.finish(runRecord(session.runId));
	expect(typesSoFar().slice(read.length)).toEqual(['RECORD', 'RECORD', 'STATE', 'STATE']);
});

test('a terminal shows characters that it would obey by their numbers, a loader gets them', async () => {
	const name = 'a\u009b2J\u202eb';
	for (const isTTY of [true, false]) {
		const output = Object.assign(new TapOutput(), { isTTY });
		await run(createSingerSink({ output }), batch([thin('1', { name })]));
		expect(output.text.includes('\\u009b2J\\u202eb')).toBe(isTTY);
		expect(output.text.includes(name)).toBe(!isTTY);
		const loader = new SingerLoader();
		loader.read(output.text);
		expect(loader.rows('travel_requests')).toMatchObject([{ name }]);
	}
});

test('a deletion is a record with its key and _deleted_at', async () => {
	const loader = new SingerLoader();
	await load(loader, selectAll(), [thin('1', { name: 'one' })], [gone('1')]);
	expect(loader.rows('travel_requests')).toMatchObject([
		{ id: '1', name: 'one', _deleted_at: '2026-01-02T00:00:00.000Z' },
	]);
	await load(loader, selectAll(), [thin('1', { name: 'back' })]);
	expect(loader.rows('travel_requests')).toMatchObject([{ name: 'back', _deleted_at: null }]);
});

test.each(['0.1', '1000000000000000.01', '33.33333333', '-0.12345678901234567890'])(
	'%s is written digit for digit',
	async (digits) => {
		const amount = { value: keepDigits(digits), currency: 'EUR' };
		const { text } = await load(new SingerLoader(), selectAll(), [
			thin('1', { totalApprovedAmount: amount }),
		]);
		expect(text).toContain(`"total_approved_amount_value":${digits},`);
	},
);

test('what is no JSON number or no whole character is written so that loaders can read it', async () => {
	const loader = new SingerLoader();
	const amount = { value: '007.50', currency: 'EUR' };
	await load(loader, selectAll(), [
		thin('1', { name: 'half \ud83d', totalApprovedAmount: amount }),
		thin('2', { name: '\\ud83d \u{1F600}\n"' }),
	]);
	expect(loader.rows('travel_requests')).toMatchObject([
		{ name: 'half \ufffd', total_approved_amount_value: 7.5 },
		{ name: '\\ud83d \u{1F600}\n"' },
	]);
});

test('the catalog describes every stream, and selects what the detail reads', () => {
	const { streams } = buildCatalog('request');
	expect(streams.map(({ tap_stream_id }) => tap_stream_id)).toEqual(tables.map(({ name }) => name));
	expect([...readSelection(buildCatalog('request')).keys()]).toEqual(['travel_requests']);
	expect([...readSelection(buildCatalog('full')).keys()]).toEqual(
		tablesOf('travel-requests').map(({ name }) => name),
	);
	expect(streams[0]).toMatchObject({
		key_properties: ['id'],
		schema: {
			properties: {
				id: { type: 'string' },
				approved: { type: ['null', 'boolean'] },
				last_modified: { type: ['null', 'string'], format: 'date-time' },
				total_approved_amount_value: { type: ['null', 'number'] },
			},
		},
	});
});

const chosen = (stream: unknown, fields: object[]) => ({
	streams: [{ tap_stream_id: 'travel_requests', ...Object(stream), metadata: fields }],
});
const select = (path: string[], metadata: object) => ({ breadcrumb: path, metadata });

test.each([
	['selected', chosen({}, [select([], { selected: true })]), true],
	['selected by default', chosen({}, [select([], { 'selected-by-default': true })]), true],
	['deselected', chosen({}, [select([], { selected: false, 'selected-by-default': true })]), false],
	['selected by its schema, as older tools do', chosen({ schema: { selected: true } }, []), true],
	['not mentioned', chosen({}, []), false],
])('a stream that is %s', (_what, catalog, expected) => {
	expect(readSelection(catalog).has('travel_requests')).toBe(expected);
});

test('fields are written as the catalog says, keys always', async () => {
	const selection = readSelection(
		chosen({}, [
			select([], { selected: true }),
			select(['properties', 'id'], { selected: false }),
			select(['properties', 'name'], { selected: false }),
			select(['properties', '_raw'], { selected: true }),
		]),
	);
	const loader = new SingerLoader();
	await load(loader, selection, [withComment]);
	expect([...loader.streams.keys()]).toEqual(['travel_requests']);
	const [row] = loader.rows('travel_requests');
	expect(row).toMatchObject({ id: '1', _raw: '{"id":"1","name":"one"}' });
	expect(row).not.toHaveProperty('name');
});

test('a catalog that cannot be followed is refused', () => {
	const unknown = { streams: [{ tap_stream_id: 'x', metadata: [select([], { selected: true })] }] };
	expect(() => readSelection(unknown)).toThrow(
		expect.objectContaining({ code: 'CATALOG_STREAM_UNKNOWN' }),
	);
	expect(() => readSelection({})).toThrow(expect.objectContaining({ code: 'CATALOG_INVALID' }));
});

describe('a state', () => {
	test('that lacks a stream or a field which is selected now begins anew', async () => {
		const loader = new SingerLoader();
		await load(loader, onlyRequests, [thin('1')]);
		expect(readState(loader.state, onlyRequests, 'full').partitions).toHaveLength(1);
		expect(readState(loader.state, selectAll(), 'full').partitions).toEqual([]);
		const withRaw = readSelection(buildCatalog('request'));
		const more = new Map([...withRaw].map(([name, set]) => [name, new Set([...set, '_raw'])]));
		expect(readState(loader.state, more, 'full').partitions).toEqual([]);
	});

	test('of which a loader has stored one stream less far goes on from there', async () => {
		const loader = new SingerLoader();
		await load(loader, selectAll(), [withComment]);
		const early = loader.state.bookmarks;
		await load(loader, selectAll(), [thin('2')]);
		const late = loader.state.bookmarks;
		const mixed = {
			bookmarks: { ...late, travel_request_comments: early['travel_request_comments'] },
		};
		const start = readState(mixed, selectAll(), 'full');
		expect(start.partitions).toEqual(early['travel_request_comments']?.partitions);
		expect(start.sequence).toBe(late['travel_requests']?.sequence);
	});

	test('is also taken as the whole message, and an empty one as none', async () => {
		const loader = new SingerLoader();
		await load(loader, onlyRequests, [thin('1')]);
		const message = { type: 'STATE', value: loader.state };
		expect(readState(message, onlyRequests, 'full').partitions).toHaveLength(1);
		expect(readState({}, onlyRequests, 'full').partitions).toEqual([]);
	});

	test.each([[[]], [{ bookmarks: { travel_requests: { version: 2 } } }], [{ bookmarks: 1 }]])(
		'%j is refused',
		(state) => {
			expect(() => readState(state, selectAll(), 'full')).toThrow(
				expect.objectContaining({ code: 'STATE_INVALID' }),
			);
		},
	);

	test('read in full serves a run without children', async () => {
		const loader = new SingerLoader();
		await load(loader, selectAll(), [withComment]);
		const { partitions } = readState(loader.state, onlyRequests, 'request');
		expect(partitions).toMatchObject([{ detail: 'request', coverage: [{}] }]);
	});
});

test('a loader that has gone ends the run with a clear error', async () => {
	const session = await createSingerSink({ output: new ClosedOutput() }).open({ overlap });
	await expect(session.write(batch([thin('1')]))).rejects.toMatchObject({
		code: 'TARGET_WRITE_FAILED',
	});
	await session.abandon();
});

test('--to names it, and it keeps nothing that could be looked at', async () => {
	const sink = createSink('singer:-');
	expect(sink).toMatchObject({ target: 'singer:-', usesStdout: true });
	await expect(sink.inspect()).rejects.toMatchObject({ code: 'TARGET_KEEPS_NOTHING' });
	expect(() => createSink('singer:out')).toThrow(
		expect.objectContaining({ code: 'TARGET_UNKNOWN' }),
	);
});
