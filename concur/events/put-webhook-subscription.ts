import type { ConcurClient } from '../client';
import {
	checkSubscription,
	eventsPath,
	subscriptionAdvice,
	type EventOptions,
	type WebhookSubscription,
} from './subscription';

/**
 * Creates a subscription or changes the one of the same id, Event Subscription Service v4,
 * `PUT /events/v4/subscriptions/webhook`. The answer is only a message.
 * @throws what {@link ConcurClient.request} throws; {@link ConfigurationError} `INVALID_ID`,
 * `INVALID_PARAMETER` for what Concur cannot take.
 */
export async function putWebhookSubscription(
	client: ConcurClient,
	subscription: WebhookSubscription,
	options: EventOptions = {},
): Promise<void> {
	checkSubscription(subscription);
	const { id, topic, filter, endpoint } = subscription;
	await client.request({
		method: 'PUT',
		path: `${eventsPath}/subscriptions/webhook`,
		json: { id, topic, ...(filter !== undefined && { filter }), webHookConfig: { endpoint } },
		advice: subscriptionAdvice,
		signal: options.signal,
	});
}
