import { DateTime } from 'luxon';
import { ConfigurationError } from '../../concur/errors';

/**
 * Reads the value of `--from` or `--until`: ISO 8601, in UTC where it names no zone.
 *
 * @returns whole seconds since 1970.
 * @throws {ConfigurationError} naming the flag and the text.
 */
export function parseTime(flag: string, text: string): number {
	const time = DateTime.fromISO(text, { zone: 'utc' });
	if (time.isValid && time.toSeconds() >= 0) return Math.floor(time.toSeconds());
	throw new ConfigurationError(
		'DATE_INVALID',
		`${flag} ${JSON.stringify(text)} is not a date after 1970.`,
		{
			advice: 'Write it as 2026-01-31 or 2026-01-31T08:00:00Z.',
		},
	);
}
