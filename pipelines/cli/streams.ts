import { Option, type Command } from 'commander';
import { ConfigurationError } from '../../concur/errors';
import { streamNames, type StreamName } from '../sinks/sink';

/** Flags that say which travel requests to read, and how: a queue is read whole or not at all. */
const TRAVEL_REQUEST_FLAGS = new Set([
	'--from',
	'--until',
	'--user',
	'--users-file',
	'--all-users',
	'--detail',
	'--skip-after',
	'--reread-open',
	'--history',
]);

/** The flag that chooses streams; travel requests alone unless it is given. */
export function streamOption(description: string): Option {
	return new Option('--stream <name...>', description)
		.choices(streamNames)
		.default(['travel-requests']);
}

/**
 * Refuses flags that no chosen stream would heed, where they were given.
 * @throws {ConfigurationError} `FLAG_WITHOUT_STREAM`.
 */
export function refuseIdleFlags(streams: readonly StreamName[], command: Command): void {
	if (streams.includes('travel-requests')) return;
	const given = command.options.find(
		(option) =>
			TRAVEL_REQUEST_FLAGS.has(option.long ?? '') &&
			command.getOptionValueSource(option.attributeName()) === 'cli',
	);
	if (!given) return;
	throw new ConfigurationError(
		'FLAG_WITHOUT_STREAM',
		`${given.long} is about travel requests, and only ${streams.join(', ')} is exported.`,
		{ advice: `Leave ${given.long} out, or add --stream travel-requests.` },
	);
}
