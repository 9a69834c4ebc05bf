import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeItems } from './execute';
import * as listSearch from '../methods/list-search';
import { resources } from './resources';
import { describeResources } from './resources/describe';
import { authentication, nodeCredentials } from '../parameters/authentication';

/** Everything that Travel Request v4 and Connection Requests 3.0 to 3.2 offer. */
export class SapConcur implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SAP Concur',
		name: 'sapConcur',
		icon: { light: 'file:../icons/sapConcur.svg', dark: 'file:../icons/sapConcur.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Work with travel requests and answer connection requests in SAP Concur',
		defaults: { name: 'SAP Concur' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		hints: [
			{
				message:
					'The output holds request tokens. They are credentials: turn off the saving of executions in the settings of this workflow.',
				type: 'warning',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition:
					'={{ $parameter["resource"] === "connectionRequest" && ($parameter["options"] || {})["includeRequestToken"] === true }}',
			},
		],
		credentials: nodeCredentials,
		properties: [authentication, ...describeResources(resources)],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return executeItems(this);
	}
}
