import type { ConcurClient } from '../client';
import { ConfigurationError } from '../errors';
import { isJsonObject } from '../json';
import { sendConnectionCall } from './send-call';
import type { ConnectionOptions } from './versions';

export interface CreatedConnectionRequest {
	/** Null where Concur does not say: look for the request in the list. */
	readonly id: string | null;
	readonly uri: string | null;
}

/**
 * Makes a connection request for the user with this login id, Connection Requests, `POST`: for
 * certification and tests, where real ones are made by travelers. 3.2 deprecates the body of the
 * answer. A POST is never repeated blindly.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_CONFLICT` where the user
 * has one already; {@link ConfigurationError} `INVALID_PARAMETER` without a login id.
 */
export async function createConnectionRequest(
	client: ConcurClient,
	loginId: string,
	options: ConnectionOptions = {},
): Promise<CreatedConnectionRequest> {
	if (loginId.trim() === '') {
		throw new ConfigurationError('INVALID_PARAMETER', 'No user is named.', {
			advice: 'Give the login id of the user who is to be connected.',
		});
	}
	const { data } = await sendConnectionCall(
		client,
		{
			method: 'POST',
			query: { user: loginId },
			advice: {
				403: 'Check the login id, that the app has the scope CONREQ, and that its token may create connection requests.',
				409: 'Answer the connection request that the user already has.',
			},
		},
		options,
	);
	const created = isJsonObject(data) ? data : {};
	return { id: textOf(created['ID']), uri: textOf(created['URI']) };
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
