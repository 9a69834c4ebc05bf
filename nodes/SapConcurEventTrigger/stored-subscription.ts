import type { IHookFunctions } from 'n8n-workflow';
import { isJsonObject } from '../../concur/json';

/** What a workflow remembers of its subscription; n8n gives a test static data of its own. */
export interface StoredSubscription {
	readonly id: string;
	readonly endpoint: string;
}

export function storedSubscription(context: IHookFunctions): StoredSubscription | undefined {
	const stored: unknown = context.getWorkflowStaticData('node')['subscription'];
	if (!isJsonObject(stored)) return undefined;
	const { id, endpoint } = stored;
	return typeof id === 'string' && typeof endpoint === 'string' ? { id, endpoint } : undefined;
}

export function rememberSubscription(
	context: IHookFunctions,
	{ id, endpoint }: StoredSubscription,
): void {
	const stored = storedSubscription(context);
	if (stored?.id === id && stored.endpoint === endpoint) return;
	context.getWorkflowStaticData('node')['subscription'] = { id, endpoint };
}

export function forgetSubscription(context: IHookFunctions): void {
	delete context.getWorkflowStaticData('node')['subscription'];
}
