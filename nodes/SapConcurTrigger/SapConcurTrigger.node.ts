import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { searchUsers } from '../methods/list-search';
import { nodeCredentials } from '../parameters/authentication';
import { poll } from './poll';
import { properties } from './properties';

/** Starts a workflow when travel requests change, or when travelers wait to be connected. */
export class SapConcurTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SAP Concur Trigger',
		name: 'sapConcurTrigger',
		icon: { light: 'file:../icons/sapConcur.svg', dark: 'file:../icons/sapConcur.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["event"]}}',
		description: 'Starts the workflow when travel or connection requests change in SAP Concur',
		defaults: { name: 'SAP Concur Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: nodeCredentials,
		properties,
	};

	methods = { listSearch: { searchUsers } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return poll(this);
	}
}
