import type { ConcurClient } from '../client';
import { systemClock } from '../clock';
import { ConfigurationError, OutcomeUnknownError } from '../errors';
import { sendConnectionCall } from './send-call';
import { settleLostUpdate } from './settle-lost-update';
import {
	connectionStatuses,
	isConnectionStatus,
	statusesOf,
	type ConnectionStatus,
} from './statuses';
import { currentConnectionVersion, type ConnectionOptions } from './versions';

export interface ConnectionUpdate {
	readonly id: string;
	readonly status: ConnectionStatus;
	/** Concur's answer was lost, and reading the request showed that the update is made. */
	readonly settledByReading: boolean;
}

const ADVICE_404 =
	'The request is not in the queue (any more): it may have been answered already, or wait for another supplier.';

/**
 * Answers a connection request, Connection Requests, `PUT /connectionrequests/{id}`: takes it out of
 * the queue and, with most codes, e-mails the traveler (see `statuses.ts`). So it is never repeated
 * blindly: where the answer is lost, the request is read, and is done if it is gone or has the status.
 * @throws what {@link ConcurClient.request} throws; {@link OutcomeUnknownError} where reading did not
 * settle it; {@link ConfigurationError} `INVALID_PARAMETER` for a status the version does not take.
 */
export async function updateConnectionRequest(
	client: ConcurClient,
	id: string,
	status: ConnectionStatus,
	options: ConnectionOptions = {},
): Promise<ConnectionUpdate> {
	const version = options.version ?? currentConnectionVersion;
	if (!isConnectionStatus(status) || !connectionStatuses[status].versions.includes(version)) {
		throw new ConfigurationError(
			'INVALID_PARAMETER',
			`Version ${version} of Connection Requests does not take this status.`,
			{ advice: `Use one of ${statusesOf(version).join(', ')}.` },
		);
	}
	const startedMs = systemClock.monotonicMs();
	try {
		const json = version === '3.2' ? { status } : { Status: status };
		const advice = { 404: ADVICE_404 };
		const call = { method: 'PUT', id, json, repeat: 'never-blindly', advice } as const;
		await sendConnectionCall(client, call, { ...options, version });
		return { id, status, settledByReading: false };
	} catch (error) {
		if (!(error instanceof OutcomeUnknownError)) throw error;
		await settleLostUpdate(client, { id, status, startedMs, error }, options);
		return { id, status, settledByReading: true };
	}
}
