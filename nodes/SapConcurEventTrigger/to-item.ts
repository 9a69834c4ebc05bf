import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { ConcurEvent } from '../../concur/events/event';
import type { JsonObject } from '../../concur/json';
import { scalar } from '../output/scalar';
import { toItems } from '../output/items';
import { fetchRequest } from './fetch-request';
import { readFetchRequest, readSimplify } from './settings';

/** The item that starts the workflow. */
export async function toItem(
	context: IWebhookFunctions,
	event: ConcurEvent,
): Promise<INodeExecutionData> {
	const told = readSimplify(context) ? flatten(event) : event.record;
	const fetched = readFetchRequest(context) ? await fetchRequest(context, event) : {};
	const [item] = toItems([{ ...told, ...fetched }], 0);
	// A trigger has no input that the item could come from.
	return { json: item?.json ?? {} };
}

function flatten({ id, eventType, timeStamp, facts }: ConcurEvent): JsonObject {
	return {
		eventId: id,
		eventType,
		timeStamp,
		requestUuid: scalar(facts['id']),
		requestId: scalar(facts['requestId']),
		status: scalar(facts['status']),
		role: scalar(facts['role']),
		userId: scalar(facts['userId']),
		recipientId: scalar(facts['recipientId']),
		isClosed: scalar(facts['isClosed']),
		isRecall: scalar(facts['isRecall']),
		facts,
	};
}
