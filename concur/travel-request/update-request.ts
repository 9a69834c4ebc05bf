import type { ConcurClient } from '../client';
import { ConfigurationError } from '../errors';
import type { JsonObject } from '../json';
import type { RequestItem } from './list-requests';
import { readRequest } from './read-request';
import { requestPath } from './request-path';
import type { WriteOptions } from './write-options';

/** The fields an update changes, beside `custom1` to `custom20`; Concur ignores all others. */
export const updatableFields = [
	'name',
	'businessPurpose',
	'comment',
	'startDate',
	'startTime',
	'endDate',
	'endTime',
	'mainDestination',
	'expensePolicy',
	'travelAgency',
] as const;

const CUSTOM_FIELD = /^custom([1-9]|1\d|20)$/;

/**
 * Changes the fields given, Travel Request v4, "Update the content of an existing Request": null
 * clears a field, absent fields stay. Concur ignores what it cannot update without a word, even
 * `policy`, which the page's own example sends; here such a field is refused. Without `userId` a
 * company token acts as "Concur System".
 * @throws what {@link ConcurClient.request} throws; {@link ConfigurationError} `INVALID_PARAMETER`
 * for a field that cannot be updated, or an `id` that is not the request's.
 */
export async function updateRequest(
	client: ConcurClient,
	id: string,
	changes: JsonObject,
	options: WriteOptions = {},
): Promise<RequestItem> {
	checkChanges(id, changes);
	const answer = await client.request({
		method: 'PUT',
		path: requestPath(id),
		query: { userId: options.userId },
		json: changes,
		signal: options.signal,
	});
	return readRequest(answer);
}

function checkChanges(id: string, changes: JsonObject): void {
	const updatable: readonly string[] = updatableFields;
	for (const [name, value] of Object.entries(changes)) {
		if (updatable.includes(name) || CUSTOM_FIELD.test(name)) continue;
		if (name !== 'id') throw notUpdatable(name);
		// The page allows the id in the body, but only the one of the path.
		if (typeof value !== 'string' || value.toUpperCase() !== id.toUpperCase()) throw otherId();
	}
}

function notUpdatable(name: string): ConfigurationError {
	return new ConfigurationError(
		'INVALID_PARAMETER',
		`Concur cannot update the field ${JSON.stringify(name)} of a request.`,
		{
			advice: `Leave it out. Only these fields can be updated: ${updatableFields.join(', ')} and custom1 to custom20.`,
		},
	);
}

function otherId(): ConfigurationError {
	return new ConfigurationError('INVALID_PARAMETER', 'The id in the body is another request’s.', {
		advice: 'Leave the id out of the body, or give the id of the request to update.',
	});
}
