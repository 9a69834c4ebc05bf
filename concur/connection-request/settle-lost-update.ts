import type { ConcurClient } from '../client';
import { systemClock } from '../clock';
import { OutcomeUnknownError } from '../errors';
import { parseTimestamp } from '../time';
import type { ConnectionRequest } from './connection-request';
import { findConnectionRequest } from './find-connection-request';
import { connectionStatuses, type ConnectionStatus } from './statuses';
import type { ConnectionOptions } from './versions';

/** An update that was sent and whose answer never came. */
export interface LostUpdate {
	readonly id: string;
	readonly status: ConnectionStatus;
	/** Monotonic time before it was sent. */
	readonly startedMs: number;
	readonly error: OutcomeUnknownError;
}

/** Concur's machines need not agree to the second. */
const SLACK_MS = 5_000;

/**
 * Reads the request and returns where that shows that the update is made.
 * @throws {OutcomeUnknownError} otherwise, saying what the request looks like now.
 */
export async function settleLostUpdate(
	client: ConcurClient,
	lost: LostUpdate,
	options: ConnectionOptions,
): Promise<void> {
	let request: ConnectionRequest | undefined;
	try {
		const { version, signal } = options;
		request = await findConnectionRequest(client, lost.id, { version, signal });
	} catch {
		throw unsettled(lost, 'The request could not be read to find out.');
	}
	if (request === undefined) return;
	const { status } = request;
	const known = status !== null && /^\w{1,20}$/.test(status) ? status : 'no known status';
	if (!isShown(lost.status, status)) {
		throw unsettled(lost, `The request now shows ${known}.`);
	}
	if (!isChangedSince(client, lost, request)) {
		throw unsettled(lost, `The request shows ${known}, but from an earlier update.`);
	}
}

function isShown(put: ConnectionStatus, shown: string | null): boolean {
	return [put, ...connectionStatuses[put].shownAs].some(
		(name) => name.toLowerCase() === shown?.toLowerCase(),
	);
}

/** A request that comes back into the queue may still show how the previous try ended. */
function isChangedSince(
	client: ConcurClient,
	lost: LostUpdate,
	request: ConnectionRequest,
): boolean {
	if (connectionStatuses[lost.status].shownAs.includes('Connected')) return true;
	const modified = parseTimestamp(request.lastModified ?? '');
	const serverNow = client.serverNow();
	if (modified === undefined || serverNow === undefined) return true;
	const started = serverNow - (systemClock.monotonicMs() - lost.startedMs);
	// lastModified is cut to the second.
	return modified + 1000 > started - SLACK_MS;
}

function unsettled(lost: LostUpdate, what: string): OutcomeUnknownError {
	const { error, status } = lost;
	return new OutcomeUnknownError(
		'CONCUR_OUTCOME_UNKNOWN',
		`It is not known whether Concur took the status ${status} of the connection request. ${what}`,
		{
			advice:
				'Read the request again in some minutes. Update it again only if it is still Pending: a second update may e-mail the traveler twice.',
			cause: error,
			...(error.status !== undefined && { status: error.status }),
			...(error.concurCode !== undefined && { concurCode: error.concurCode }),
			...(error.correlationId !== undefined && { correlationId: error.correlationId }),
		},
	);
}
