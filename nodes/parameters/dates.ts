import { DateTime } from 'luxon';

/**
 * A moment from a parameter as whole seconds since 1970. n8n's date picker gives a text without a
 * zone, which means the workflow's zone; expressions give texts with a zone, Dates or luxon objects.
 * @throws {RangeError} where it is none.
 */
export function readSeconds(value: unknown, zone: string): number | undefined {
	const moment = readMoment(value, zone);
	return moment && Math.floor(moment.toSeconds());
}

/** A calendar day from a parameter, as `yyyy-MM-dd`; days have no zone and are never shifted. Throws the same. */
export function readDay(value: unknown, zone: string): string | undefined {
	return readMoment(value, zone)?.toFormat('yyyy-MM-dd');
}

function readMoment(value: unknown, zone: string): DateTime | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const moment = parseMoment(value, zone);
	if (moment?.isValid) return moment;
	throw new RangeError('This is no date.');
}

function parseMoment(value: unknown, zone: string): DateTime | undefined {
	if (typeof value === 'string') {
		const text = value.trim();
		// "2026-11-21 08:30:00" is what many people and nodes write.
		return DateTime.fromISO(text.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T'), { zone });
	}
	// Not by instanceof: n8n has a luxon and a Date of its own.
	if (isLuxon(value)) return DateTime.fromMillis(value.toMillis(), { zone });
	if (Object.prototype.toString.call(value) === '[object Date]') {
		return DateTime.fromMillis(Number(value), { zone });
	}
	return undefined;
}

function isLuxon(value: unknown): value is { toMillis(): number } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	);
}
