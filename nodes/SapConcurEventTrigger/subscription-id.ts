import { createHash } from 'node:crypto';
import type { IHookFunctions } from 'n8n-workflow';

const PREFIX = 'n8n-nodes-sap-concur.';

/**
 * The id of this node's subscription: the same each time it is asked for, and another one for each
 * instance of n8n, each workflow and each address, so also for the test address.
 */
export function subscriptionIdFor(context: IHookFunctions, endpoint: string): string {
	const owner = [context.getInstanceId(), context.getWorkflow().id ?? '', endpoint];
	return PREFIX + createHash('sha256').update(JSON.stringify(owner)).digest('hex').slice(0, 32);
}

/** Whether an id is one that a node of this package has made. */
export function isOurs(id: string): boolean {
	return id.startsWith(PREFIX);
}
