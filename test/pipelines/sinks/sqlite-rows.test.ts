import { join } from 'node:path';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { batch, extractedAt, gone, makeDirectory, none, record, run, thin } from './batches';
import { keepDigits } from './exact-number';
import { query } from './read-sqlite';

const directory = makeDirectory();
let made = 0;
const newFile = () => join(directory, `target-${++made}.db`);

const comments = (...values: string[]) => values.map((value) => ({ value }));

describe('rows in SQLite', () => {
	test('new, changed and unchanged records are told apart, and only two of them written', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		expect(await run(sink, batch([thin('1'), thin('2')]))).toEqual([
			{ travel_requests: { ...none, inserted: 2 } },
		]);
		const later = { extractedAt: '2026-02-02T00:00:00.000Z' };
		expect(
			await run(sink, batch([thin('1', { name: 'new' }), thin('2'), thin('3')], later)),
		).toEqual([{ travel_requests: { ...none, inserted: 1, updated: 1, unchanged: 1 } }]);
		expect(query(file, 'SELECT id, name, _extracted_at FROM travel_requests ORDER BY id')).toEqual([
			{ id: '1', name: 'new', _extracted_at: later.extractedAt },
			{ id: '2', name: null, _extracted_at: extractedAt },
			{ id: '3', name: null, _extracted_at: later.extractedAt },
		]);
		expect((await sink.inspect())?.rows['travel_requests']).toBe(3);
	});

	test('values keep their types: numbers where a double is exact, digits where not', async () => {
		const file = newFile();
		const long = '12345678901234567890.12345678';
		const kept = keepDigits(long);
		await run(
			createSqliteSink(file),
			batch([
				thin('1', {
					approved: true,
					closed: false,
					creationDate: '2018-04-05T12:11:52Z',
					startDate: '2018-04-05',
					totalApprovedAmount: { value: 213.06, currency: '' },
					totalPostedAmount: { value: kept },
					totalRemainingAmount: { value: 0.1 },
				}),
			]),
		);
		const columns = ['approved', 'closed', 'creation_date', 'start_date']
			.concat(['approved', 'posted', 'remaining'].map((name) => `total_${name}_amount_value`))
			.concat('total_approved_amount_currency', 'name');
		const [row] = query(file, `SELECT ${columns.join()} FROM travel_requests`);
		expect(Object.values(row ?? {})).toEqual([
			1,
			0,
			'2018-04-05T12:11:52.000Z',
			'2018-04-05',
			213.06,
			long,
			0.1,
			'',
			null,
		]);
		const [{ _raw: raw } = {}] = query(file, 'SELECT _raw FROM travel_requests');
		expect(raw).toContain(`"totalPostedAmount":{"value":${long}}`);
	});

	test('a value that is gone is gone, whichever rows the run has seen before it', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		await run(sink, batch([thin('1', { name: 'a', pnr: 'P' })]));
		await run(sink, batch([thin('1', { name: 'b' }), thin('2', { pnr: 'Q', closed: true })]));
		expect(query(file, 'SELECT id, name, pnr, closed FROM travel_requests')).toEqual([
			{ id: '1', name: 'b', pnr: null, closed: null },
			{ id: '2', name: null, pnr: 'Q', closed: 1 },
		]);
	});

	test('parent and children are replaced together; a child that disappeared disappears', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		const write = (...values: string[]) =>
			run(sink, batch([record({ request: { id: 'R' }, comments: comments(...values) })]));
		expect(await write('a', 'b')).toEqual([
			{
				travel_requests: { ...none, inserted: 1 },
				travel_request_comments: { ...none, inserted: 2 },
			},
		]);
		expect(await write('b', 'a')).toEqual([{ travel_requests: { ...none, unchanged: 1 } }]);
		expect(await write('b', 'c', 'd')).toEqual([
			{
				travel_requests: { ...none, updated: 1 },
				travel_request_comments: { inserted: 2, updated: 0, unchanged: 1, deleted: 1 },
			},
		]);
		expect(query(file, 'SELECT value FROM travel_request_comments ORDER BY value')).toEqual([
			{ value: 'b' },
			{ value: 'c' },
			{ value: 'd' },
		]);
		await write();
		expect(query(file, 'SELECT * FROM travel_request_comments')).toEqual([]);
	});

	test('children that were not read stay', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		await run(sink, batch([record({ request: { id: 'R' }, comments: comments('a') })]));
		await run(sink, batch([thin('R', { name: 'x' })]));
		expect(query(file, 'SELECT value FROM travel_request_comments')).toEqual([{ value: 'a' }]);
	});

	test('the same child id under two requests is two rows', async () => {
		const file = newFile();
		const expenses = [{ id: 'E' }];
		await run(
			createSqliteSink(file),
			batch([
				record({ request: { id: '1' }, expenses }),
				record({ request: { id: '2' }, expenses }),
			]),
		);
		expect(query(file, 'SELECT travel_request_id AS r, id FROM travel_request_expenses')).toEqual([
			{ r: '1', id: 'E' },
			{ r: '2', id: 'E' },
		]);
	});

	test('a record that goes and comes back within one batch is the same record', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		await run(sink, batch([record({ request: { id: 'R' }, comments: comments('one', 'two') })]));
		const back = record({ request: { id: 'R', name: 'back' }, comments: comments('one') });
		expect(await run(sink, batch([gone('R'), back]))).toMatchObject([
			{ travel_requests: { inserted: 0, updated: 1, deleted: 1 } },
		]);
		const rows =
			'SELECT value, _deleted_at AS at FROM travel_request_comments WHERE _deleted_at IS NULL';
		expect(query(file, rows)).toEqual([{ value: 'one', at: null }]);
	});

	test('a deleted record is marked with its children, once, and comes back when listed again', async () => {
		const file = newFile();
		const sink = createSqliteSink(file);
		const alive = record({ request: { id: 'R' }, comments: comments('a') });
		await run(sink, batch([alive]));
		const [counts] = await run(sink, batch([gone('R'), gone('never seen')]));
		expect(counts).toMatchObject({
			travel_requests: { ...none, deleted: 1 },
			travel_request_comments: { ...none, deleted: 1 },
		});
		const marks =
			'SELECT _deleted_at AS at FROM travel_requests UNION ALL SELECT _deleted_at FROM travel_request_comments';
		const at = '2026-01-02T00:00:00.000Z';
		expect(query(file, marks)).toEqual([{ at }, { at }]);
		expect((await sink.inspect())?.rows).toMatchObject({
			travel_requests: 0,
			travel_request_comments: 0,
		});
		const [again] = await run(sink, batch([gone('R', '2026-09-09T00:00:00.000Z')]));
		expect(again?.['travel_requests']).toEqual(none);
		const [back] = await run(sink, batch([alive]));
		expect(back).toEqual({
			travel_requests: { ...none, updated: 1 },
			travel_request_comments: { ...none, updated: 1 },
		});
		expect(query(file, marks)).toEqual([{ at: null }, { at: null }]);
	});

	test('a record twice in one batch ends as it was last', async () => {
		const file = newFile();
		const [counts] = await run(
			createSqliteSink(file),
			batch([thin('1', { name: 'a' }), thin('1', { name: 'b' }), thin('1', { name: 'b' })]),
		);
		expect(counts?.['travel_requests']).toEqual({ ...none, inserted: 1, updated: 1, unchanged: 1 });
		expect(query(file, 'SELECT name FROM travel_requests')).toEqual([{ name: 'b' }]);
	});
});
