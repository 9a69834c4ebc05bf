import { DateTime } from 'luxon';
import { ConfigurationError } from './errors';
import { readMoment } from './time-grammar';

/**
 * Milliseconds since 1970 of a Concur timestamp, or undefined when it is none. Concur writes the
 * same field with or without milliseconds and with or without `Z` (Travel Request v4 schemas,
 * Connection Requests 1.2); without a zone it means UTC.
 */
export function parseTimestamp(text: string): number | undefined {
	return readMoment(text);
}

/**
 * Whole seconds since 1970 in the form of the list filters, `yyyy-MM-dd'T'HH:mm:ss'Z'`
 * (Travel Request v4, list).
 * @throws {ConfigurationError} `INVALID_PARAMETER` for anything but a whole number of seconds.
 */
export function formatSeconds(seconds: number): string {
	const time = DateTime.fromSeconds(Number.isSafeInteger(seconds) ? seconds : Number.NaN, {
		zone: 'utc',
	});
	if (!time.isValid || time.year > 9999) {
		throw new ConfigurationError('INVALID_PARAMETER', `${seconds} is not a time in seconds.`, {
			advice: 'Give whole seconds since 1970; the API keeps no finer times.',
		});
	}
	return time.toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

/** Milliseconds since 1970 of an HTTP date (`Date`, `Retry-After`), or undefined. */
export function parseHttpDate(text: string): number | undefined {
	const parsed = DateTime.fromHTTP(text, { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}
