import type { ConcurClient } from '../client';
import { ConfigurationError } from '../errors';
import { sendConnectionCall } from './send-call';
import { currentConnectionVersion, type ConnectionOptions } from './versions';

/**
 * Takes a connection request away for good, `DELETE /connectionrequests/{id}`. Only the swagger of
 * 3.0 has it, without a word on who may do it or what the traveler
 * hears of it; no page does.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it did
 * not exist, except after a lost answer, when that means that it is done;
 * {@link ConfigurationError} `INVALID_PARAMETER` for another version than 3.0.
 */
export async function deleteConnectionRequest(
	client: ConcurClient,
	id: string,
	options: ConnectionOptions = {},
): Promise<void> {
	const version = options.version ?? currentConnectionVersion;
	if (version !== '3.0') {
		throw new ConfigurationError(
			'INVALID_PARAMETER',
			`Version ${version} of Connection Requests cannot delete.`,
			{ advice: 'Use version 3.0, or answer the connection request with a status.' },
		);
	}
	await sendConnectionCall(client, { method: 'DELETE', id }, { ...options, version });
}
