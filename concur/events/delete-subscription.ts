import type { ConcurClient } from '../client';
import { subscriptionAdvice, subscriptionPath, type EventOptions } from './subscription';

/**
 * Deletes a subscription, Event Subscription Service v4, `DELETE /events/v4/subscriptions/{id}`.
 * @throws what {@link ConcurClient.request} throws; {@link HttpError} `CONCUR_NOT_FOUND` where it did
 * not exist, except after a lost answer, when that means that it is done.
 */
export async function deleteSubscription(
	client: ConcurClient,
	id: string,
	options: EventOptions = {},
): Promise<void> {
	await client.request({
		method: 'DELETE',
		path: subscriptionPath(id),
		advice: subscriptionAdvice,
		signal: options.signal,
	});
}
