import { DateTime } from 'luxon';
import { toDay, toSeconds } from '../../../../nodes/parameters/values/dates';

const ZONE = 'Europe/Berlin';

test.each<[string, unknown]>([
	['as n8n picks it', '2026-05-01T00:00:00'],
	['by itself', '2026-05-01'],
	['as a Date at midnight in UTC', new Date('2026-05-01T00:00:00Z')],
	['as a Date at midnight in the zone of the process', new Date(2026, 4, 1)],
	['as a Date at midnight in the zone of the workflow', new Date('2026-04-30T22:00:00Z')],
	['as a luxon object of the workflow', DateTime.fromISO('2026-05-01T23:59', { zone: ZONE })],
	[
		'as a luxon object of another zone',
		DateTime.fromISO('2026-05-01T01:00', { zone: 'Asia/Tokyo' }),
	],
])('a day %s', (_, value) => {
	expect(toDay(value, ZONE)).toBe('2026-05-01');
});

test('a day that begins at one o’clock, where summer time comes at midnight', () => {
	expect(toDay(new Date('2018-11-04T03:00:00Z'), 'America/Sao_Paulo')).toBe('2018-11-04');
});

test.each<[string, unknown]>([
	['a Date that is on two days', new Date('2026-05-01T22:30:00Z')],
	['a Date that is none', new Date('never')],
	['a luxon object that is none', DateTime.fromISO('never')],
	['a luxon object beyond all years', DateTime.utc(10_000, 1, 1)],
	['a number', 20260501],
	['a switch', true],
	['an object', { day: '2026-05-01' }],
	['a list', ['2026-05-01']],
	['a word', 'tomorrow'],
	['a day that no calendar has', '2026-02-30'],
	['an hour that no day has', '2026-05-01T25:00'],
])('no day: %s', (_, value) => {
	expect(toDay(value, ZONE)).toBeUndefined();
});

test.each<[string, unknown]>([
	['a number', 1777593600],
	['a time alone', '22:00'],
	['a year', '2026'],
	['a Date that is none', new Date('never')],
	['a luxon object that is none', DateTime.fromISO('never')],
])('no moment: %s', (_, value) => {
	expect(toSeconds(value, ZONE)).toBeUndefined();
});
