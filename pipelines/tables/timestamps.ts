import { readMoment } from '../../concur/time-grammar';

// What Concur mostly writes; a million rows need no calendar. Days up to 28 exist in every month.
const withMillis =
	/^(?!0000)\d{4}-(?:0\d|1[0-2])-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const toSeconds =
	/^(?!0000)\d{4}-(?:0\d|1[0-2])-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

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
	const moment = readMoment(text.trim());
	return moment === undefined ? undefined : new Date(moment).toISOString();
}
