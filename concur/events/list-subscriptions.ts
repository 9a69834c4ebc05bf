import { readArray } from '../answers';
import type { ConcurClient } from '../client';
import {
	eventsPath,
	readSubscription,
	subscriptionAdvice,
	type EventOptions,
	type Subscription,
} from './subscription';

/**
 * All subscriptions of the app, Event Subscription Service v4, `GET /events/v4/subscriptions`: at
 * most five, without pages.
 * @throws what {@link ConcurClient.request} throws.
 */
export async function listSubscriptions(
	client: ConcurClient,
	options: EventOptions = {},
): Promise<Subscription[]> {
	const answer = await client.request({
		method: 'GET',
		path: `${eventsPath}/subscriptions`,
		advice: subscriptionAdvice,
		signal: options.signal,
	});
	return readArray(answer, 'subscriptions').map((item) => readSubscription(answer, item));
}
