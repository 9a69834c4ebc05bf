import fc from 'fast-check';
import { Drift } from '../../../pipelines/tables/drift';
import { toRows } from '../../../pipelines/tables/flatten';
import { keepDigits } from '../sinks/exact-number';
import { cellOf } from './rows-by-name';

function read(member: string, column: string, value: unknown) {
	const drift = new Drift();
	const rows = toRows({ request: { id: '1', [member]: value } }, drift);
	return { cell: cellOf(rows, column), drift: drift.toJSON() };
}

describe('timestamps', () => {
	test.each([
		['2018-09-03T11:53:02.000Z', '2018-09-03T11:53:02.000Z'],
		['2018-04-05T12:11:52Z', '2018-04-05T12:11:52.000Z'],
		['2022-11-09T05:57:29', '2022-11-09T05:57:29.000Z'],
		['2022-11-09T05:57:29.123', '2022-11-09T05:57:29.123Z'],
		['2022-11-09T05:57:29.1234567Z', '2022-11-09T05:57:29.123Z'],
		['2022-11-09T05:57:29.5Z', '2022-11-09T05:57:29.500Z'],
		['2022-11-09T05:57:29+02:00', '2022-11-09T03:57:29.000Z'],
		['2022-11-09T05:57:29-0330', '2022-11-09T09:27:29.000Z'],
		['2022-11-09T05:57', '2022-11-09T05:57:00.000Z'],
		['2022-11-09', '2022-11-09T00:00:00.000Z'],
		['2022-11-09 05:57:29.0', '2022-11-09T05:57:29.000Z'],
		['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
		['2022-12-31T00:00:00.000Z', '2022-12-31T00:00:00.000Z'],
		['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
		['2016-12-31T23:59:60.000Z', '2016-12-31T23:59:59.000Z'],
		['2022-11-09 05:57:29+00', '2022-11-09T05:57:29.000Z'],
	])('%s is the instant %s', (text, instant) => {
		expect(read('creationDate', 'creation_date', text)).toEqual({ cell: instant, drift: {} });
	});

	test.each([
		'soon',
		'2023-02-29T00:00:00Z',
		'2022-13-01T00:00:00.000Z',
		'2022-00-10T00:00:00.000Z',
		'2022-01-00T00:00:00.000Z',
		'2022-01-10T25:00:00.000Z',
		'0000-01-10T05:00:00.000Z',
		'22:00',
		'22:00:00Z',
		'12',
		'2021',
		'2026-05',
		'2026-123',
		'2021-W05-3',
		'20260501T080000Z',
		'2022-01-10T24:00:00.000Z',
		'2022-01-10T05:57:60.000Z',
		1536000000000,
		{ date: 1 },
	])('%p is none and counts as drift', (value) => {
		expect(read('creationDate', 'creation_date', value)).toEqual({
			cell: null,
			drift: { 'travel_requests.creationDate': 1 },
		});
	});
});

describe('dates and times', () => {
	test.each([
		['startDate', 'start_date', '2018-07-15', '2018-07-15', 0],
		['startDate', 'start_date', '2024-02-29', '2024-02-29', 0],
		['startDate', 'start_date', '2018-07-15T00:00:00.000Z', '2018-07-15', 0],
		['startDate', 'start_date', '2018-07-15T22:00:00+05:00', '2018-07-15', 1],
		['startDate', 'start_date', '', null, 0],
		['startDate', 'start_date', '2023-02-29', null, 1],
		['startDate', 'start_date', '15/07/2018', null, 1],
		['startDate', 'start_date', '2018-07-15 00:00:00+00', '2018-07-15', 1],
		['startDate', 'start_date', '2018-07-15T24:00:00Z', null, 1],
		['startDate', 'start_date', '2018-07-15 and more', null, 1],
		['startDate', 'start_date', '2018', null, 1],
		['startDate', 'start_date', '22:00', null, 1],
		['startDate', 'start_date', 20180715, null, 1],
		['startTime', 'start_time', '05:00', '05:00', 0],
		['startTime', 'start_time', '05:00:30', '05:00:30', 0],
		['startTime', 'start_time', '24:00', null, 1],
		['startTime', 'start_time', '5 pm', null, 1],
		['approved', 'approved', true, true, 0],
		['approved', 'approved', 'false', false, 1],
		['approved', 'approved', 1, null, 1],
		['name', 'name', '', '', 0],
		['name', 'name', { de: 'x' }, '{"de":"x"}', 1],
		['name', 'name', 12, '12', 1],
		['name', 'name', null, null, 0],
	])('%s: column %s reads %p as %p, drift %p', (member, column, value, cell, drift) => {
		const found = read(member, column, value);
		expect(found.cell).toBe(cell);
		expect(Object.values(found.drift).reduce((sum, count) => sum + count, 0)).toBe(drift);
	});
});

describe('decimals', () => {
	const readAmount = (value: unknown) =>
		read('totalApprovedAmount', 'total_approved_amount_value', { value, currency: 'USD' });

	test.each<[unknown, string]>([
		[213.06, '213.06'],
		[0, '0'],
		[-0.00000001, '-0.00000001'],
		[1e21, '1000000000000000000000'],
		[1.5e-7, '0.00000015'],
		[1.25e22, '12500000000000000000000'],
		[keepDigits('12345678901234567890.12345678'), '12345678901234567890.12345678'],
		[keepDigits('0.10000000000000000000001'), '0.10000000000000000000001'],
		[keepDigits('1234567890123456789e-3'), '1234567890123456.789'],
		[keepDigits('-1.50E2'), '-150'],
		[keepDigits('1e999'), '1e999'],
	])('%p keeps its digits: %s', (value, digits) => {
		expect(readAmount(value)).toEqual({ cell: digits, drift: {} });
	});

	test('digits in text are read and counted as drift, anything else is null', () => {
		const path = 'travel_requests.totalApprovedAmount.value';
		expect(readAmount('12.50')).toEqual({ cell: '12.50', drift: { [path]: 1 } });
		expect(readAmount('twelve')).toEqual({ cell: null, drift: { [path]: 1 } });
		expect(readAmount({})).toEqual({ cell: null, drift: { [path]: 1 } });
	});

	test('any double comes out as plain digits of the same value', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				const { cell } = readAmount(value);
				expect(cell).toMatch(/^-?\d+(\.\d+)?$/);
				expect(Number(cell)).toBe(value === 0 ? 0 : value);
			}),
		);
	});

	test('the raw text writes kept digits as they came', () => {
		const [row] = toRows({
			request: { id: '1', totalApprovedAmount: { value: keepDigits('0.10') } },
		});
		expect(row?.raw).toBe('{"id":"1","totalApprovedAmount":{"value":0.10}}');
	});
});

describe('drift', () => {
	test('unknown members are counted by path, at any depth, without their values', () => {
		const drift = new Drift();
		const request = { id: '1', carbon: 'secret', owner: { shoeSize: 42 }, policy: 'p' };
		toRows({ request }, drift);
		toRows({ request: { id: '2', carbon: null } }, drift);
		expect(drift.toJSON()).toEqual({
			'travel_requests.carbon': 2,
			'travel_requests.owner.shoeSize': 1,
			'travel_requests.policy': 1,
		});
	});

	test('ever new names do not fill the memory', () => {
		const drift = new Drift(2);
		const request = Object.fromEntries(['id', 'a', 'b', 'c', 'd'].map((name) => [name, 'x']));
		toRows({ request }, drift);
		toRows({ request }, drift);
		expect(drift.toJSON()).toEqual({ 'travel_requests.a': 2, 'travel_requests.b': 2 });
		expect(drift.forgotten).toBe(4);
	});

	test('names that objects inherit are nothing special', () => {
		const drift = new Drift();
		toRows({ request: JSON.parse('{"id":"1","__proto__":{"a":1},"constructor":2}') }, drift);
		expect(drift.toJSON()).toEqual({
			'travel_requests.__proto__': 1,
			'travel_requests.constructor': 1,
		});
	});
});
