import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseEvent, type ConcurEvent } from '../../concur/events/event';
import { readPattern } from '../../concur/events/subscription';
import { isSignedByConcur } from '../../concur/events/verify-signature';
import { isJsonObject } from '../../concur/json';
import { openResponse, type HttpResponse } from './http-response';
import { readFilter, readFilterOnArrival, readSignatureRule } from './settings';
import { storeTaken, takeNew } from './take-new';
import { toItem } from './to-item';

/**
 * Takes one delivery. Concur repeats what is answered with 5xx, 401, 403 or 429 for three days, and
 * nothing else; n8n answers 200 by itself once the workflow has started.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = openResponse(context);
	const body = readBody(context);
	if (!isGenuine(context, body)) return answer(response, 401);
	const event = parseEvent(body);
	if (!event) return answer(response, 400);
	if (!isWanted(context, event)) return answer(response, 200);
	if (!(await takeNew(context, event.id, response))) return answer(response, 200);
	const item = await toItem(context, event);
	storeTaken(context, event.id);
	return { workflowData: [[item]] };
}

/** Answers without a word, and starts nothing. */
function answer(response: HttpResponse, status: number): IWebhookResponseData {
	response.statusCode = status;
	response.end();
	return { noWebhookResponse: true };
}

/** The bytes as they came, which n8n keeps beside what it has parsed. */
function readBody(context: IWebhookFunctions): Uint8Array {
	const request: unknown = context.getRequestObject();
	const body: unknown = isJsonObject(request) ? request['rawBody'] : undefined;
	return body instanceof Uint8Array ? body : new Uint8Array();
}

function isGenuine(context: IWebhookFunctions, body: Uint8Array): boolean {
	const rule = readSignatureRule(context);
	const signature = context.getHeaderData()['concur-signature'];
	return rule === undefined || isSignedByConcur({ body, signature }, rule);
}

function isWanted(context: IWebhookFunctions, { eventType }: ConcurEvent): boolean {
	if (!readFilterOnArrival(context)) return true;
	const filter = readFilter(context);
	return filter === undefined || readPattern(filter).test(eventType ?? '');
}
