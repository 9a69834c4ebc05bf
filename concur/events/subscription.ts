import { unexpected } from '../answers';
import { ConfigurationError } from '../errors';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject, type JsonObject } from '../json';
import { pathId } from '../paths';

/** Where the Event Subscription Service lives (Event Subscription Service v4). */
export const eventsPath = '/events/v4';

/** Most subscriptions of one app (Event Subscription Service v4, "ESS Resource usage"). */
export const MOST_SUBSCRIPTIONS = 5;

/** What every call of the Event Subscription Service takes besides its own parameters. */
export interface EventOptions {
	readonly signal?: AbortSignal | undefined;
}

/** A wish to be told of a topic's events at an address. */
export interface WebhookSubscription {
	/** Unique in the whole world, not only in the app: lower-case letters, digits, dots, dashes. */
	readonly id: string;
	/** For example `public.concur.request`. */
	readonly topic: string;
	/** A regular expression on the event's type; undefined for every type. */
	readonly filter: string | undefined;
	/** Https, to be reached from the public web. */
	readonly endpoint: string;
}

/** A subscription as Concur keeps it. */
export interface Subscription {
	readonly id: string;
	readonly topic: string | null;
	readonly filter: string | null;
	readonly endpoint: string | null;
	/** Filled in by Concur when a company connects the app: without any, no event is delivered. */
	readonly companyIds: readonly string[];
	readonly applicationId: string | null;
}

/** Advice for a refusal: the service takes app tokens only, with two scopes. */
export const subscriptionAdvice = {
	401: 'Sign in as the app itself, with Client Credentials: the Event Subscription Service takes no other token.',
	403: 'Sign in as the app itself, with Client Credentials, and have SAP Concur grant it the scopes events.topic.read and that of the topic (travelrequest.write for travel requests).',
};

/** The path of one subscription. */
export function subscriptionPath(id: string): string {
	return `${eventsPath}/subscriptions/${pathId(id)}`;
}

/** Reads one subscription. */
export function readSubscription(answer: ConcurAnswer, item: JsonObject): Subscription {
	const id = textOf(item['id']);
	if (id === null) throw unexpected(answer, 'has a subscription without an id');
	const webhook = item['webHookConfig'];
	const companyIds: unknown = item['companyIds'];
	return {
		id,
		topic: textOf(item['topic']),
		filter: textOf(item['filter']),
		endpoint: isJsonObject(webhook) ? textOf(webhook['endpoint']) : null,
		companyIds: Array.isArray(companyIds)
			? companyIds.filter((one) => typeof one === 'string')
			: [],
		applicationId: textOf(item['applicationId']),
	};
}

/** @throws {ConfigurationError} `INVALID_ID`, `INVALID_PARAMETER` for what Concur cannot take. */
export function checkSubscription({ id, filter }: WebhookSubscription): void {
	if (!/^[a-z0-9.-]+$/.test(id)) {
		throw new ConfigurationError('INVALID_ID', 'The id of the subscription is not allowed.', {
			advice: 'Use lower-case letters, digits, dots and dashes.',
		});
	}
	if (filter !== undefined) readPattern(filter);
}

/**
 * A pattern for event types. Whether Concur compares the whole type or looks for a part of it is
 * not documented: here the whole type must match, so that no event gets through by chance.
 * @throws {ConfigurationError} `INVALID_PARAMETER` where it is no regular expression.
 */
export function readPattern(filter: string): RegExp {
	try {
		return new RegExp(`^(?:${filter})$`);
	} catch (error) {
		throw new ConfigurationError('INVALID_PARAMETER', 'The event type pattern is not valid.', {
			advice: String.raw`Write a regular expression such as statusChange\.(APPROVED|SENTBACK).`,
			cause: error,
		});
	}
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
