import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readDay, readMoment, readTimeOfDay, readWrittenDay } from '../../concur/time-grammar';

const NOTHING = [
	...['', ' ', 'soon', '12', '22:00', '22:00:00Z', '2021', '2026-05', '2026-123', '2021-W05-3'],
	...[
		'2026-5-1',
		'20260501',
		'01.05.2026',
		'05/01/2026',
		'2026-05-01T',
		'2026-05-01T22',
		'2026-05-01Z',
	],
	...['2026-05-01T24:00', '2026-05-01T24:00:00Z', '2026-05-01T23:60', '2026-05-01T12:00:61Z'],
	...['2026-02-30', '2026-02-30T10:00:00Z', '2027-02-29', '2100-02-29', '2026-04-31', '2026-13-01'],
	...['2026-00-01', '2026-05-00', '0000-05-01', '+012026-05-01', '-2026-05-01', '2026-05-01T1:00'],
	...[
		'2026-05-01T10:00:00,5Z',
		'2026-05-01T10:00:00.Z',
		'2026-05-01T10:00+1',
		'2026-05-01T10:00+24:00',
	],
	...['2026-05-01T10:00:00Z and more', 'on 2026-05-01', '2026-05-01  10:00', '2026-05-01T100000Z'],
	...['２０２６-05-01', '2026-05-01T10:00:00 Z', '2026-05-01T10:00[Europe/Berlin]', '1777593600'],
];

test.each(NOTHING)('%p is neither a day nor a moment', (text) => {
	expect([readDay(text), readWrittenDay(text), readMoment(text)]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
});

test.each([
	['2026-05-01', '2026-05-01T00:00:00.000Z'],
	['2026-05-01T22:15', '2026-05-01T22:15:00.000Z'],
	['2026-05-01 22:15:30', '2026-05-01T22:15:30.000Z'],
	['2026-05-01T22:15:30.1239999Z', '2026-05-01T22:15:30.123Z'],
	['2026-05-01T00:00:00+02:00', '2026-04-30T22:00:00.000Z'],
	['2026-05-01T00:00:00+0200', '2026-04-30T22:00:00.000Z'],
	['2026-05-01 00:00:00-03', '2026-05-01T03:00:00.000Z'],
	['2026-05-01T23:59:59.999-11:00', '2026-05-02T10:59:59.999Z'],
	['2024-02-29T12:00Z', '2024-02-29T12:00:00.000Z'],
	['0001-01-01', '0001-01-01T00:00:00.000Z'],
	['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
	['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
	['2016-12-31 23:59:60.250', '2016-12-31T23:59:59.250Z'],
	['2017-01-01T05:29:60+05:30', '2016-12-31T23:59:59.000Z'],
])('%s is the moment %s, and its day is the one that is written', (text, moment) => {
	expect(readMoment(text)).toBe(Date.parse(moment));
	expect(readWrittenDay(text)).toBe(text.slice(0, 10));
});

test.each([
	['a second 60 where no day ends', '2016-12-31T12:34:60Z', 'utc'],
	['the same in another zone', '2016-12-31T23:59:60-05:00', 'utc'],
	['before the first year', '0001-01-01T00:00:00+01:00', 'utc'],
	['after the last year', '9999-12-31T23:59:59-01:00', 'utc'],
	['in a zone that is none', '2026-05-01T10:00', 'Europe/Nowhere'],
])('no moment: %s', (_, text, zone) => {
	expect(readMoment(text, zone)).toBeUndefined();
});

test('a zone counts where the text names none', () => {
	const midnight = '2026-05-01T04:00:00Z';
	for (const text of ['2026-05-01', '2026-05-01T00:00', midnight]) {
		expect(readMoment(text, 'America/New_York')).toBe(Date.parse(midnight));
	}
	expect(readMoment('2016-12-31T18:59:60', 'America/New_York')).toBe(
		Date.UTC(2016, 11, 31, 23, 59, 59),
	);
});

test('every day of the calendar is one, and no other', () => {
	const parts = fc.tuple(
		fc.integer({ min: 1, max: 9999 }),
		fc.integer({ min: 0, max: 13 }),
		fc.integer({ min: 0, max: 32 }),
	);
	fc.assert(
		fc.property(parts, ([year, month, day]) => {
			const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
			const exists = DateTime.utc(year, month, day).isValid;
			expect(readDay(text)).toBe(exists ? text : undefined);
			expect(readMoment(text)).toBe(exists ? DateTime.utc(year, month, day).toMillis() : undefined);
		}),
	);
});

test.each(['05:00', '05:00:30', '23:59:59.5'])('%s is a time of day', (text) => {
	expect(readTimeOfDay(text)).toBe(text);
});

test.each(['24:00', '5:00', '05:60', '05', '05:00Z', ''])('%p is no time of day', (text) => {
	expect(readTimeOfDay(text)).toBeUndefined();
});
