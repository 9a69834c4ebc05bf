import { sleep, type IWebhookFunctions } from 'n8n-workflow';
import { outcomeOf, type HttpResponse } from './http-response';
import { recentEventsOf, type RecentEvents } from './recent-events';

/** Takes an event for this delivery; false where another delivery has started the workflow. */
export async function takeNew(
	context: IWebhookFunctions,
	id: string,
	response: HttpResponse,
): Promise<boolean> {
	if (isTest(context)) return true;
	const recent = recentEvents(context);
	const nowMs = Date.now();
	recent.restore(context.getWorkflowStaticData('node')['events'], nowMs);
	return recent.take(id, outcomeOf(response), nowMs);
}

/** Has n8n save, if it starts the workflow, that the event was taken: to be called last of all. */
export function storeTaken(context: IWebhookFunctions, id: string): void {
	if (isTest(context)) return;
	const recent = recentEvents(context);
	const stored = context.getWorkflowStaticData('node');
	const store = () => {
		stored['events'] = recent.toStored(id);
	};
	store();
	// As n8n starts the workflow it wraps the same static data once more, and that takes back the mark
	// that they have changed (seen in 2.40). It looks for the mark once the execution is on
	// record, which is some database calls later: so it is set again in between.
	void sleep(0).then(store);
}

/** Whoever tries the workflow out sends the same event again and again. */
function isTest(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

function recentEvents(context: IWebhookFunctions): RecentEvents {
	return recentEventsOf(context.getWorkflow().id ?? '', context.getNode().id);
}
