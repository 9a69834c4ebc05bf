import { unexpected } from '../answers';
import type { ConcurClient } from '../client';
import { eventsPath, subscriptionAdvice, type EventOptions } from './subscription';

/**
 * The topics that the app may subscribe to, Event Subscription Service v4, `GET /events/v4/topics`.
 * An app that has the scope events.topic.read but that of no topic is told of none.
 * @throws what {@link ConcurClient.request} throws.
 */
export async function listTopics(
	client: ConcurClient,
	options: EventOptions = {},
): Promise<string[]> {
	const answer = await client.request({
		method: 'GET',
		path: `${eventsPath}/topics`,
		advice: subscriptionAdvice,
		signal: options.signal,
	});
	const { data } = answer;
	if (data === undefined) return [];
	if (!Array.isArray(data)) throw unexpected(answer, 'is not a list of topics');
	return data.filter((topic) => typeof topic === 'string');
}
