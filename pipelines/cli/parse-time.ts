import { ConfigurationError } from '../../concur/errors';
import { readMoment } from '../../concur/time-grammar';

/**
 * Reads the value of `--from` or `--until`: a day or a moment, in UTC where it names no zone.
 *
 * @returns whole seconds since 1970.
 * @throws {ConfigurationError} naming the flag and the text.
 */
export function parseTime(flag: string, text: string): number {
	const moment = readMoment(text);
	if (moment !== undefined && moment >= 0) return Math.floor(moment / 1000);
	throw new ConfigurationError(
		'DATE_INVALID',
		`${flag} ${JSON.stringify(text)} is not a date after 1970.`,
		{
			advice: 'Write it as 2026-01-31 or 2026-01-31T08:00:00Z.',
		},
	);
}
