import { answer, Refusal, required, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { filterPattern, type EventSubscription } from '../events/events';
import { requestTopic } from '../events/status-event';
import { isObject, object, parseJson, textOf, type JsonObject } from '../json';
import type { State } from '../state';

const MOST_SUBSCRIPTIONS = 5;
const TOPIC_SCOPE = 'travelrequest.write';

/** The Event Subscription Service v4, and what a person may see of it. */
export const eventRoutes: Route[] = [
	route('GET', 'topics', (_call, state) => answer(topics(state))),
	route('PUT', 'subscriptions/webhook', putSubscription),
	route('GET', 'subscriptions', (_call, state) =>
		answer([...state.events.subscriptions.values()].map((one) => write(one, state))),
	),
	route('GET', 'subscriptions/{id}', getSubscription),
	route('DELETE', 'subscriptions/{id}', deleteSubscription),
	{ family: 'control', method: 'GET', path: '/_fake/events', handle: showEvents },
];

function route(method: string, path: string, handle: Route['handle']): Route {
	return {
		family: 'events',
		method,
		path: `/events/v4/${path}`,
		handle(call, state) {
			if (call.principal.kind === 'user') {
				throw new Refusal(403, 'forbidden', 'the token of an application is required');
			}
			return handle(call, state);
		},
	};
}

/** An app that lacks a topic's scope does not see the topic. */
function topics(state: State): string[] {
	const scopes = state.quirks.grantedScopes.split(' ');
	return scopes.includes(TOPIC_SCOPE) ? [requestTopic] : [];
}

function putSubscription(call: Call, state: State): Answer {
	const { subscriptions } = state.events;
	const subscription = readSubscription(call);
	if (!topics(state).includes(subscription.topic)) {
		throw new Refusal(403, 'forbidden', `no access to the topic ${subscription.topic}`);
	}
	if (!subscriptions.has(subscription.id) && subscriptions.size >= MOST_SUBSCRIPTIONS) {
		throw new Refusal(400, 'badRequest', 'the application has too many subscriptions');
	}
	subscriptions.set(subscription.id, subscription);
	return answer({ message: `Subscription ${subscription.id} is saved` });
}

function getSubscription(call: Call, state: State): Answer {
	const found = write(find(call, state), state);
	return answer(state.quirks.subscriptionAsArray ? [found] : found);
}

function deleteSubscription(call: Call, state: State): Answer {
	const { id } = find(call, state);
	state.events.subscriptions.delete(id);
	return answer({ message: `Subscription ${id} is deleted` });
}

function find(call: Call, state: State): EventSubscription {
	const id = call.params['id'] ?? '';
	return required(
		state.events.subscriptions.get(id),
		() => new Refusal(404, 'notFound', `no subscription ${id}`),
	);
}

function readSubscription(call: Call): EventSubscription {
	const body = readBody(call);
	const id = textOf(body, 'id') ?? '';
	if (!/^[a-z0-9.-]+$/.test(id)) throw invalid('id');
	const endpoint = textOf(body['webHookConfig'], 'endpoint') ?? '';
	if (!URL.canParse(endpoint)) throw invalid('webHookConfig.endpoint');
	const filter = textOf(body, 'filter');
	try {
		filterPattern(filter);
	} catch {
		throw invalid('filter');
	}
	return { id, topic: textOf(body, 'topic') ?? '', filter, endpoint };
}

function readBody(call: Call): JsonObject {
	try {
		const body = parseJson(call.body);
		if (isObject(body)) return body;
	} catch {
		// Falls through to the refusal.
	}
	throw invalid('body');
}

function invalid(what: string): Refusal {
	return new Refusal(400, 'badRequest', `invalid ${what}`);
}

function write({ id, topic, filter, endpoint }: EventSubscription, state: State): JsonObject {
	const { clientId, companyId } = state.settings.credentials;
	return object({
		id,
		applicationId: clientId,
		companyIds: [companyId],
		topic,
		filter,
		scope: TOPIC_SCOPE,
		webHookConfig: { endpoint },
	});
}

/** The public key, who is subscribed, and what was delivered. */
function showEvents(_call: Call, state: State): Answer {
	const { publicKey, subscriptions, published, deliveries } = state.events;
	return answer({
		publicKey,
		subscriptions: [...subscriptions.values()].map((one) => write(one, state)),
		published: published.slice(-100),
		deliveries: deliveries.slice(-100).map((delivery) => ({ ...delivery })),
	});
}
