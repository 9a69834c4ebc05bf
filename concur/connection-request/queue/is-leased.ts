import type { ConcurClient } from '../../client';
import { ConcurError } from '../../errors';
import { parseTimestamp } from '../../time';
import { getConnectionRequest } from '../get-connection-request';
import type { ConnectionOptions } from '../versions';

/**
 * Whether a request that the queue has shown, and now shows no more, is hidden rather than answered:
 * nothing has changed it since, and it is still Pending. Such was the queue of 2022-11 to 2023-08
 * (Connection Requests v3.2): what it had shown it leased to the reader for 24 hours. One call, which
 * makes a request token; where it fails nothing is known, and the answer is no.
 * @param seenAt when the queue showed it, in server milliseconds.
 * @throws the signal's reason when aborted.
 */
export async function isLeased(
	client: ConcurClient,
	id: string,
	seenAt: number,
	options: ConnectionOptions = {},
): Promise<boolean> {
	try {
		const { version, signal } = options;
		const request = await getConnectionRequest(client, id, { version, signal });
		const modifiedAt = parseTimestamp(request.lastModified ?? '');
		// lastModified is cut to the second; whoever answers a request changes it.
		const isUntouched = modifiedAt !== undefined && modifiedAt + 1000 <= seenAt;
		return isUntouched && request.status?.toLowerCase() === 'pending';
	} catch (error) {
		if (error instanceof ConcurError) return false;
		throw error;
	}
}
