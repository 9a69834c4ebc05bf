import { readArray } from '../answers';
import type { ConcurClient } from '../client';
import { ConfigurationError } from '../errors';
import type { JsonObject } from '../json';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';
import { requestPath } from './request-path';
import type { WriteOptions } from './write-options';

/** A user to take into a budget request, or out of it. */
export interface ParticipantChange {
	/** The user's UUID. */
	readonly id: string;
	readonly deleted?: boolean | undefined;
}

/**
 * Participants of a budget request (one whose policy has `allowParticipants`), with the requests
 * they made of it.
 * @throws what {@link ConcurClient.request} throws.
 */
export async function listParticipants(
	client: ConcurClient,
	requestId: string,
	options: ReadOptions = {},
): Promise<JsonObject[]> {
	const answer = await readPath(client, participantsPath(requestId), options);
	return readArray(answer, 'participants');
}

/**
 * Adds and removes participants; those not named stay. Answered by 204 without a body.
 * @throws what {@link ConcurClient.request} throws; {@link ConfigurationError} `INVALID_PARAMETER`
 * where nobody is named.
 */
export async function patchParticipants(
	client: ConcurClient,
	requestId: string,
	changes: readonly ParticipantChange[],
	options: WriteOptions = {},
): Promise<void> {
	if (changes.length === 0 || changes.some(({ id }) => id === '')) {
		throw new ConfigurationError('INVALID_PARAMETER', 'No participant is named.', {
			advice: 'Give the user IDs of the participants to add or remove.',
		});
	}
	await client.request({
		method: 'PATCH',
		path: participantsPath(requestId),
		query: { userId: options.userId },
		json: {
			value: changes.map(({ id, deleted }) => (deleted ? { id, '@deleted': true } : { id })),
		},
		contentType: 'application/merge-patch+json',
		signal: options.signal,
	});
}

function participantsPath(requestId: string): string {
	return `${requestPath(requestId)}/participants`;
}
