import type { IPollFunctions } from 'n8n-workflow';
import {
	connectionVersions,
	type ConnectionVersion,
} from '../../concur/connection-request/versions';
import type { Partition } from '../../pipelines/sinks/sink';
import type { Parameters } from '../parameters/parameters';
import { triggerParameters } from '../parameters/sources';
import { findEntry } from '../parameters/values/menu';
import { toText } from '../parameters/values/text';
import { events, properties, statusOptions, type WatchedEvent } from './properties';

/** @throws {NodeOperationError} for an event that is not offered. */
export function readEvent(context: IPollFunctions): WatchedEvent {
	return read(context).choice('event', events);
}

export function readSimplify(context: IPollFunctions): boolean {
	return read(context).flag('simplify');
}

/** Whose requests are watched, and in which of the user's views. */
export function readPartition(context: IPollFunctions): Partition {
	const parameters = read(context);
	return {
		stream: 'travel-requests',
		user: parameters.optionalId('userId') ?? '',
		view: parameters.option('view'),
	};
}

/** The statuses that are wanted; none for all. An expression may give codes that no menu has. */
export function readStatuses(context: IPollFunctions): Set<string> {
	const parameters = read(context);
	return new Set(
		parameters.list('statuses').map((each) => {
			const code = findEntry(each, statusOptions)?.value ?? toText(each)?.toUpperCase();
			if (code !== undefined) return code;
			const advice = 'Give the codes as texts, such as APPROVED.';
			throw parameters.wrong('statuses', 'holds something that is no status', advice);
		}),
	);
}

/** In which version the queue is read. Throws as {@link readEvent} does. */
export function readVersion(context: IPollFunctions): ConnectionVersion {
	return read(context).choice('version', connectionVersions);
}

function read(context: IPollFunctions): Parameters {
	return triggerParameters(context, properties);
}
