import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { nodeCredentials } from '../parameters/authentication';
import { properties } from './properties';
import { receive } from './receive';
import { searchTopics } from './search-topics';
import { isSubscribed, subscribe, unsubscribe } from './subscribe';

/** Starts a workflow when Concur's Event Subscription Service v4 tells of an event. */
export class SapConcurEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SAP Concur Event Trigger',
		name: 'sapConcurEventTrigger',
		icon: { light: 'file:../icons/sapConcur.svg', dark: 'file:../icons/sapConcur.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["topic"]["value"]}}',
		description: 'Starts the workflow as soon as SAP Concur tells of an event',
		defaults: { name: 'SAP Concur Event Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: nodeCredentials,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties,
	};

	methods = { listSearch: { searchTopics } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return isSubscribed(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return subscribe(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return unsubscribe(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receive(this);
	}
}
