import { parseHttpDate } from './time';

/**
 * A `Retry-After` header in milliseconds: seconds, or a date measured against the answer's own
 * `Date`, so that the clock of this machine does not matter. Undefined where it makes no sense.
 */
export function parseRetryAfter(
	header: string | undefined,
	date: string | undefined,
): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const until = parseHttpDate(text);
	const now = date === undefined ? undefined : parseHttpDate(date);
	return until === undefined || now === undefined ? undefined : Math.max(0, until - now);
}
