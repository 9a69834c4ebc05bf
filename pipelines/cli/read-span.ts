import { ConfigurationError } from '../../concur/errors';
import type { Span } from '../extract/partition-run';
import { parseTime } from './parse-time';

/** A bound as it was given, and the name of the flag or setting that gave it. */
interface Bound {
	readonly name: string;
	readonly text: string | undefined;
}

/**
 * Reads the bounds of modification time that a run is asked for.
 * @throws {ConfigurationError} for a text that is no time, and for a span in which nothing can lie.
 */
export function readSpan(from: Bound, until: Bound): Span {
	const span = { from: readBound(from), until: readBound(until) };
	if (span.from === undefined) return span;
	if (span.until !== undefined && span.from > span.until) {
		throw new ConfigurationError('SPAN_EMPTY', `${from.name} lies after ${until.name}.`, {
			advice: `Give a ${from.name} that is earlier than ${until.name}.`,
		});
	}
	if (span.from * 1000 > Date.now()) {
		const now = new Date().toISOString();
		throw new ConfigurationError(
			'SPAN_IN_FUTURE',
			`${from.name} ${JSON.stringify(from.text)} lies in the future: by this machine's clock it is ${now}.`,
			{ advice: 'Give an earlier time (UTC unless it names a zone), or set the clock right.' },
		);
	}
	return span;
}

function readBound({ name, text }: Bound): number | undefined {
	return text === undefined ? undefined : parseTime(name, text);
}
