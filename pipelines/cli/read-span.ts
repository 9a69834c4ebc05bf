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
 * @throws {ConfigurationError} for a text that is no time, and for a span that ends before it begins.
 */
export function readSpan(from: Bound, until: Bound): Span {
	const span = { from: readBound(from), until: readBound(until) };
	if (span.from === undefined || span.until === undefined || span.from <= span.until) return span;
	throw new ConfigurationError('SPAN_EMPTY', `${from.name} lies after ${until.name}.`, {
		advice: `Give a ${from.name} that is earlier than ${until.name}.`,
	});
}

function readBound({ name, text }: Bound): number | undefined {
	return text === undefined ? undefined : parseTime(name, text);
}
