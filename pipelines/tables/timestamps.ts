import { DateTime } from 'luxon';

// Days up to 28 exist in every month, so these two need no calendar.
const withMillis =
	/^(?!0000)\d{4}-(?:0\d|1[0-2])-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const toSeconds =
	/^(?!0000)\d{4}-(?:0\d|1[0-2])-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
const dateText = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
const timeText = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?$/;

/**
 * An instant as `YYYY-MM-DDTHH:mm:ss.SSSZ`; undefined when the text is none. Concur writes them
 * with and without milliseconds and zone; without a zone they are UTC.
 */
export function readTimestamp(text: string): string | undefined {
	// '00' as month or day passes the patterns above; it is rare enough to check by itself.
	const calendarZero = text.startsWith('00', 5) || text.startsWith('00', 8);
	if (!calendarZero) {
		if (text.length === 24 && withMillis.test(text)) return text;
		if (text.length === 20 && text.endsWith('Z') && toSeconds.test(text.slice(0, 19)))
			return `${text.slice(0, 19)}.000Z`;
		if (text.length === 19 && toSeconds.test(text)) return `${text}.000Z`;
	}
	const trimmed = text.trim();
	const parsed = parseInstant(trimmed);
	if (!parsed.isValid || parsed.year < 1 || parsed.year > 9999) return undefined;
	return parsed.toUTC().toISO() ?? undefined;
}

function parseInstant(text: string): DateTime {
	const iso = DateTime.fromISO(text, { zone: 'utc' });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone: 'utc' });
}

/** A calendar day as `YYYY-MM-DD`; undefined when the text is none. */
export function readDate(text: string): string | undefined {
	if (!dateText.test(text)) return undefined;
	return Number(text.slice(8)) <= 28 && !text.endsWith('00') && isMonth(text.slice(5, 7))
		? text
		: DateTime.fromISO(text, { zone: 'utc' }).isValid
			? text
			: undefined;
}

function isMonth(text: string): boolean {
	const month = Number(text);
	return month >= 1 && month <= 12;
}

/** A wall-clock time without zone, as received; undefined when the text is none. */
export function readTime(text: string): string | undefined {
	return timeText.test(text) ? text : undefined;
}
