import { readObject } from '../answers';
import type { ConcurClient } from '../client';
import { HttpError } from '../errors';
import {
	readSubscription,
	subscriptionAdvice,
	subscriptionPath,
	type EventOptions,
	type Subscription,
} from './subscription';

/**
 * One subscription, Event Subscription Service v4, `GET /events/v4/subscriptions/{id}`, or undefined
 * where the app has none of that id. The swagger answers an object, SAP's example an array of one.
 * @throws what {@link ConcurClient.request} throws, but for `CONCUR_NOT_FOUND`.
 */
export async function findSubscription(
	client: ConcurClient,
	id: string,
	options: EventOptions = {},
): Promise<Subscription | undefined> {
	const answer = await client
		.request({
			method: 'GET',
			path: subscriptionPath(id),
			advice: subscriptionAdvice,
			signal: options.signal,
		})
		.catch(expectMissing);
	if (answer === undefined) return undefined;
	if (Array.isArray(answer.data) && answer.data.length === 0) return undefined;
	return readSubscription(answer, readObject(answer, 'a subscription'));
}

function expectMissing(error: unknown): undefined {
	if (error instanceof HttpError && error.status === 404) return undefined;
	throw error;
}
