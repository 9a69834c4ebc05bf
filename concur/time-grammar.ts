import { DateTime } from 'luxon';

/**
 * How days and moments are written: one grammar for Concur's records, the parameters of the nodes
 * and the command line.
 *
 *     day     2026-05-01
 *     time    08:30[:15[.123]]
 *     moment  a day, T or a blank, a time, and perhaps a zone: Z, +02:00, +0200 or +02
 *
 * ISO 8601 has more: `22:00`, `12`, `2021`, `2021-W05-3`, `T24:00`. A reader that takes them finds a
 * moment of today, or a day, that nobody has written. So they are none, and neither are days that no
 * calendar has.
 */
const day = String.raw`(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const hour = String.raw`(?:[01]\d|2[0-3])`;
const zone = String.raw`Z|([+-]${hour})(?::?([0-5]\d))?`;
const fraction = String.raw`\.(\d+)`;

const dayText = new RegExp(`^${day}$`);
const timeText = new RegExp(`^${hour}:[0-5]\\d(?::[0-5]\\d(?:${fraction})?)?$`);
const momentText = new RegExp(
	`^(${day})(?:[T ](${hour}:[0-5]\\d)(?::([0-5]\\d|60)(?:${fraction})?)?(${zone})?)?$`,
);

const DAY_MS = 86_400_000;
const LAST_MINUTE_MS = DAY_MS - 60_000;
const YEAR_1 = Date.parse('0001-01-01T00:00:00Z');
const YEAR_10_000 = Date.parse('+010000-01-01T00:00:00Z');

/** A calendar day as `YYYY-MM-DD`; undefined when the text is none. */
export function readDay(text: string): string | undefined {
	return dayText.test(text) && isOnCalendar(text) ? text : undefined;
}

/** A wall-clock time without zone, as it is written; undefined when the text is none. */
export function readTimeOfDay(text: string): string | undefined {
	return timeText.test(text) ? text : undefined;
}

/**
 * The day that a day or a moment is written with, whatever follows it: a day that is moved between
 * zones is another day. Undefined when the text is neither.
 */
export function readWrittenDay(text: string): string | undefined {
	const written = momentText.exec(text)?.[1];
	return written !== undefined && isOnCalendar(written) ? written : undefined;
}

/**
 * Milliseconds since 1970 of a moment, or of the midnight with which a day begins; undefined when
 * the text is neither, or lies outside of the years 1 to 9999 in UTC.
 *
 * @param zone counts where the text names none.
 */
export function readMoment(text: string, zone = 'utc'): number | undefined {
	const match = momentText.exec(text);
	if (!match) return undefined;
	const [, day = '', time = '00:00', second = '00', digits = '', ...offset] = match;
	if (!isOnCalendar(day)) return undefined;
	// Neither luxon nor a JavaScript date has leap seconds: the second before stands for one.
	const isLeap = second === '60';
	const millis = digits.slice(0, 3).padEnd(3, '0');
	const local = `${day}T${time}:${isLeap ? '59' : second}.${millis}`;
	const at = locate(local, zone, offset);
	if (!(at >= YEAR_1 && at < YEAR_10_000)) return undefined;
	return isLeap && !isLastMinute(at) ? undefined : at;
}

function locate(
	local: string,
	zone: string,
	[named, hours, minutes = '00']: readonly (string | undefined)[],
): number {
	if (hours !== undefined) return Date.parse(`${local}${hours}:${minutes}`);
	if (named !== undefined || zone === 'utc') return Date.parse(`${local}Z`);
	return DateTime.fromISO(local, { zone }).toMillis();
}

/** Leap seconds are inserted where a day ends in UTC, and nowhere else. */
function isLastMinute(at: number): boolean {
	return ((at % DAY_MS) + DAY_MS) % DAY_MS >= LAST_MINUTE_MS;
}

/** Of days that have a form: whether the month is as long. Days up to 28 are in every month. */
function isOnCalendar(text: string): boolean {
	const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)];
	return (
		day <= '28' || Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
	);
}
