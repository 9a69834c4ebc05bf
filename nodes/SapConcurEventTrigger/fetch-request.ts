import type { IWebhookFunctions } from 'n8n-workflow';
import { orAbort } from '../../concur/clock';
import { ConcurError, ConfigurationError } from '../../concur/errors';
import type { ConcurEvent } from '../../concur/events/event';
import { getRequest } from '../../concur/travel-request/get-request';
import type { JsonObject } from '../../concur/json';
import { toNodeError } from '../output/errors';
import { toText } from '../parameters/values/text';
import { openClient } from '../transport/open-client';

/** Concur waits 30 seconds for an answer by an older page, 60 by today's; some must be left. */
const MOST_MS = 20_000;

/** The travel request an event tells of, as a member of the item; or why it could not be had. */
export async function fetchRequest(
	context: IWebhookFunctions,
	event: ConcurEvent,
): Promise<JsonObject> {
	const signal = AbortSignal.timeout(MOST_MS);
	try {
		return { request: await orAbort(read(context, event, signal), signal) };
	} catch (error) {
		return {
			request: null,
			fetchError: describe(signal.aborted ? tooSlow(error) : error, context),
		};
	}
}

async function read(
	context: IWebhookFunctions,
	{ facts }: ConcurEvent,
	signal: AbortSignal,
): Promise<JsonObject> {
	const id = toText(facts['id']);
	if (id === undefined) {
		throw new ConfigurationError('NOT_A_REQUEST', 'The event names no travel request.', {
			advice: "Switch 'Fetch Full Request' off for this topic.",
		});
	}
	const client = await openClient(context);
	try {
		return await getRequest(client, id, { userId: toText(facts['userId']), signal });
	} finally {
		await client.close();
	}
}

function tooSlow(cause: unknown): ConcurError {
	return new ConcurError(
		'CONCUR_TIMEOUT',
		`Concur did not give the travel request within ${MOST_MS / 1000} seconds.`,
		{ advice: 'Get it with an SAP Concur node, which has more time.', cause },
	);
}

function describe(error: unknown, context: IWebhookFunctions): JsonObject {
	const { message, description } = toNodeError(error, context.getNode(), 0);
	const known = error instanceof ConcurError ? error : undefined;
	return {
		message,
		description: description ?? null,
		code: known?.code ?? null,
		concurCode: known?.concurCode ?? null,
		correlationId: known?.correlationId ?? null,
	};
}
