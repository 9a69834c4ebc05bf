import type { Writable } from 'node:stream';
import { ConfigurationError } from '../../../concur/errors';
import type { Sink } from '../sink';
import { historyNotKept } from '../target-errors';
import { selectAll, type Selection } from './selection';
import { SingerSession, type StateRules } from './session';
import type { SingerStart } from './singer-state';

export interface SingerOptions {
	/** Everything but the raw JSON where not given. */
	readonly selection?: Selection;
	/** From the beginning where not given. */
	readonly start?: SingerStart;
	/** Standard output where not given. */
	readonly output?: Writable;
	readonly stateEvery?: Partial<StateRules>;
}

/**
 * A sink that writes Singer messages (SCHEMA, RECORD, STATE), one a line, for any Singer loader.
 * It keeps no state: the loader hands on each STATE once the records before it are stored.
 * After a crash records may come again, under the same key and with the same or newer content.
 *
 * Children that disappeared cannot be named, for nobody remembers them: those that still exist
 * have the `_extracted_at` of their request's own record.
 */
export function createSingerSink(options: SingerOptions = {}): Sink {
	const target = 'singer:-';
	const output = options.output ?? process.stdout;
	return {
		target,
		appendOnly: true,
		usesStdout: output === process.stdout,
		async open({ history }) {
			if (history) throw historyNotKept(target);
			// A loader that has gone is reported by the write that failed, not by an event.
			output.on('error', () => undefined);
			return new SingerSession(
				target,
				output,
				options.selection ?? selectAll(),
				{ rows: 1000, ms: 10_000, ...options.stateEvery },
				options.start ?? { sequence: 0, lastRunId: undefined, partitions: [], facts: {} },
			);
		},
		async inspect() {
			throw new ConfigurationError('TARGET_KEEPS_NOTHING', `${target} keeps no state.`, {
				advice: 'Its state is what the loader prints and hands back with --state.',
			});
		},
	};
}
