import { DateTime } from 'luxon';
import { readDay as parseDay, readMoment, readWrittenDay } from '../../../concur/time-grammar';

/**
 * Days and moments from parameters. n8n's date picker gives a text without a zone; expressions give
 * texts with one, Dates, or luxon objects, which n8n writes as texts where they lie in a collection.
 */

/**
 * A moment as whole seconds since 1970; undefined where it is none. A text without a zone means the
 * workflow's.
 */
export function toSeconds(value: unknown, zone: string): number | undefined {
	const at = toMillis(value, zone);
	return at === undefined || !Number.isFinite(at) ? undefined : Math.floor(at / 1000);
}

function toMillis(value: unknown, zone: string): number | undefined {
	if (typeof value === 'string') return readMoment(value.trim(), zone);
	return isLuxon(value) || isDate(value) ? Number(value) : undefined;
}

/**
 * A calendar day as `yyyy-MM-dd`; undefined where it is none. A text is the day it is written with
 * and a luxon object the day it shows: PostgreSQL's DATE columns and AI models write a day as
 * `2026-05-01T00:00:00Z`, and seen from New York that would be the day before.
 */
export function toDay(value: unknown, zone: string): string | undefined {
	if (typeof value === 'string') return readWrittenDay(value.trim());
	if (isLuxon(value)) return parseDay(value.toISODate() ?? '');
	return isDate(value) ? dayOf(value, zone) : undefined;
}

/**
 * A Date has no writing. Database nodes make one of a day at its midnight in UTC or in the zone of
 * n8n's process, `$today.toJSDate()` in the workflow's. One that is no midnight is a moment, and
 * counts where it lies on the same day in all three: a wrong day in Concur would go unnoticed.
 */
function dayOf(date: Date, zone: string): string | undefined {
	const seen = ['utc', zone, 'system'].map((each) =>
		DateTime.fromMillis(Number(date), { zone: each }),
	);
	const midnights = seen.filter((each) => Number(each) === Number(each.startOf('day')));
	const days = new Set((midnights.length > 0 ? midnights : seen).map((each) => each.toISODate()));
	const [day] = days;
	return days.size === 1 ? parseDay(day ?? '') : undefined;
}

// Neither by instanceof: n8n has a luxon and a Date of its own.
function isLuxon(value: unknown): value is { toISODate(): string | null } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toISODate' in value &&
		typeof value.toISODate === 'function'
	);
}

function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}
