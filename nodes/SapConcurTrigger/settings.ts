import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import {
	connectionVersions,
	type ConnectionVersion,
} from '../../concur/connection-request/versions';
import type { Partition } from '../../pipelines/sinks/sink';
import { toText } from '../parameters/parameters';
import { events, type WatchedEvent } from './properties';

/** @throws {NodeOperationError} for an event that is not offered. */
export function readEvent(context: IPollFunctions): WatchedEvent {
	return readChoice(context, 'event', 'Event', events);
}

export function readSimplify(context: IPollFunctions): boolean {
	return context.getNodeParameter('simplify', true) !== false;
}

/** Whose requests are watched, and in which of the user's views. */
export function readPartition(context: IPollFunctions): Partition {
	return {
		stream: 'travel-requests',
		user: toText(context.getNodeParameter('userId', '', { extractValue: true })) ?? '',
		view: toText(context.getNodeParameter('view', 'ALL')) ?? 'ALL',
	};
}

/** The statuses that are wanted; none for all. An expression may also give them as one text. */
export function readStatuses(context: IPollFunctions): Set<string> {
	const chosen: unknown = context.getNodeParameter('statuses', []);
	const codes: unknown[] = typeof chosen === 'string' ? chosen.split(',') : listOf(chosen);
	return new Set(codes.flatMap((code) => toText(code)?.toUpperCase() ?? []));
}

/** In which version the queue is read. Throws as {@link readEvent} does. */
export function readVersion(context: IPollFunctions): ConnectionVersion {
	return readChoice(context, 'version', 'API Version', connectionVersions);
}

function readChoice<T extends string>(
	context: IPollFunctions,
	name: string,
	displayName: string,
	allowed: readonly T[],
): T {
	const value: unknown = context.getNodeParameter(name, '');
	const chosen = allowed.find((one) => one === value);
	if (chosen !== undefined) return chosen;
	throw new NodeOperationError(
		context.getNode(),
		`The parameter '${displayName}' has a value that is not offered`,
		{ description: `Use one of ${allowed.join(', ')}.` },
	);
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
