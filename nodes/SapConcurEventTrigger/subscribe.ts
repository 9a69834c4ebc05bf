import type { IHookFunctions } from 'n8n-workflow';
import type { ConcurClient } from '../../concur/client';
import { ConfigurationError, HttpError } from '../../concur/errors';
import { deleteSubscription } from '../../concur/events/delete-subscription';
import { listSubscriptions } from '../../concur/events/list-subscriptions';
import { putWebhookSubscription } from '../../concur/events/put-webhook-subscription';
import {
	checkSubscription,
	MOST_SUBSCRIPTIONS,
	type Subscription,
	type WebhookSubscription,
} from '../../concur/events/subscription';
import { readPublicKey } from '../../concur/events/verify-signature';
import { toNodeError } from '../output/errors';
import { readFilter, readSignatureRule, readTopic } from './settings';
import {
	forgetSubscription,
	rememberSubscription,
	storedSubscription,
} from './stored-subscription';
import { isOurs, subscriptionIdFor } from './subscription-id';
import { withClient } from './with-client';

/** Whether Concur has the subscription as it is wanted now, and no older one of this node. */
export async function isSubscribed(context: IHookFunctions): Promise<boolean> {
	const wanted = wantedSubscription(context);
	return withClient(context, async (client) => {
		const existing = await listSubscriptions(client);
		const own = existing.find(({ id }) => id === wanted.id);
		const leftovers = leftoversAmong(existing, wanted, context);
		if (!own || !isAsWanted(own, wanted) || leftovers.length > 0) return false;
		rememberSubscription(context, wanted);
		return true;
	});
}

/** Creates the subscription, or brings it up to date, and takes older ones of this node away. */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
	const wanted = wantedSubscription(context);
	return withClient(context, async (client) => {
		const existing = await listSubscriptions(client);
		const leftovers = leftoversAmong(existing, wanted, context);
		for (const { id } of leftovers) await deleteIfThere(client, id);
		const others = existing.filter((one) => one.id !== wanted.id && !leftovers.includes(one));
		await putWebhookSubscription(client, wanted).catch((error: unknown) => {
			throw explainRefusal(error, others);
		});
		rememberSubscription(context, wanted);
		return true;
	});
}

/** Deletes the subscription; that it is gone already is as good. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
	const endpoint = endpointOf(context);
	const stored = storedSubscription(context);
	// Not the same where n8n has moved to another address since.
	const ids = new Set([subscriptionIdFor(context, endpoint)]);
	if (stored) ids.add(stored.id);
	return withClient(context, async (client) => {
		for (const id of ids) await deleteIfThere(client, id);
		forgetSubscription(context);
		return true;
	});
}

/** The subscription that the parameters ask for, checked together with the key. */
function wantedSubscription(context: IHookFunctions): WebhookSubscription {
	try {
		const rule = readSignatureRule(context);
		if (rule) readPublicKey(rule.publicKey);
		const endpoint = endpointOf(context);
		const wanted = {
			id: subscriptionIdFor(context, endpoint),
			topic: requireTopic(context),
			filter: readFilter(context),
			endpoint,
		};
		checkSubscription(wanted);
		return wanted;
	} catch (error) {
		throw toNodeError(error, context.getNode(), 0);
	}
}

function requireTopic(context: IHookFunctions): string {
	const topic = readTopic(context);
	if (topic !== undefined) return topic;
	throw new ConfigurationError('INVALID_PARAMETER', "The parameter 'Topic' is empty", {
		advice: 'Choose from the list or give the name of a topic.',
	});
}

function endpointOf(context: IHookFunctions): string {
	const endpoint = context.getNodeWebhookUrl('default');
	if (endpoint !== undefined) return endpoint;
	throw toNodeError(new TypeError('n8n gave the webhook no address'), context.getNode(), 0);
}

function isAsWanted(
	{ topic, filter, endpoint }: Subscription,
	wanted: WebhookSubscription,
): boolean {
	return (
		topic === wanted.topic &&
		endpoint === wanted.endpoint &&
		(filter ?? undefined) === wanted.filter
	);
}

/**
 * Subscriptions that this node has left behind: to the same address under another id (a workflow
 * that was imported again), or under the id that it remembers (n8n has moved to another address).
 */
function leftoversAmong(
	existing: readonly Subscription[],
	wanted: WebhookSubscription,
	context: IHookFunctions,
): Subscription[] {
	// A test must leave the published workflow's subscription alone.
	const stored = context.getMode() === 'manual' ? undefined : storedSubscription(context);
	return existing.filter(
		({ id, endpoint }) =>
			id !== wanted.id && isOurs(id) && (endpoint === wanted.endpoint || id === stored?.id),
	);
}

async function deleteIfThere(client: ConcurClient, id: string): Promise<void> {
	await deleteSubscription(client, id).catch(expectMissing);
}

function expectMissing(error: unknown): void {
	if (!(error instanceof HttpError && error.status === 404)) throw error;
}

/** Which answer an app gets for one subscription too many is not documented: so they are counted. */
function explainRefusal(error: unknown, others: readonly Subscription[]): unknown {
	if (!(error instanceof HttpError)) return error;
	const { status = 0 } = error;
	if (status < 400 || status > 499 || status === 401) return error;
	if (others.length < MOST_SUBSCRIPTIONS) return error;
	const list = others.map(({ id, endpoint }) => `${id} (${endpoint ?? 'no address'})`).join(', ');
	return new ConfigurationError(
		'TOO_MANY_SUBSCRIPTIONS',
		`The app has ${others.length} subscriptions already, and Concur allows ${MOST_SUBSCRIPTIONS}.`,
		{
			advice: `Deactivate a workflow that no longer needs its events, or have one of these deleted: ${list}. ${error.message}`,
			cause: error,
		},
	);
}
