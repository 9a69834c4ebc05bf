import type { JsonObject } from '../../../../concur/json';
import { updateAllocation } from '../../../../concur/travel-request/allocations';
import { requestLocator, userLocator } from '../../../parameters/common';
import {
	clearFieldsOf,
	customFieldOptions,
	customFieldsOf,
	readCleared,
	readCustomFields,
	readText,
} from '../../../parameters/custom-fields';
import { readDecimal } from '../../../parameters/decimal';
import type { Operation, OperationCall } from '../operation';
import { allocationField } from './parameters';

const companyFields = customFieldOptions(20);

export const updateAllocationById: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update an allocation',
	description: 'Change the percentage or the custom fields of an allocation; the others stay',
	endpoints: ['PUT /travelrequest/v4/requests/{requestUuid}/allocations/{allocationUuid}'],
	properties: [
		userLocator('The user who makes the change'),
		requestLocator,
		allocationField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: "Fields left empty stay as they are; 'Clear Fields' empties them",
			options: [
				customFieldsOf('allocations', companyFields),
				{
					displayName: 'More Fields',
					name: 'moreFields',
					type: 'json',
					default: '{}',
					description:
						'Anything else for the body of the call, as a JSON object. It wins over the other fields.',
				},
				{
					displayName: 'Percentage',
					name: 'percentage',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 100 },
					default: 100,
					description: 'The share of the expense in percent. Concur works the amounts out from it.',
				},
			],
		},
		clearFieldsOf(companyFields),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Context Role',
					name: 'contextRoleType',
					type: 'string',
					default: '',
					description:
						'The role in which the user acts, which decides what fields they may change. SAP does not list the roles.',
				},
			],
		},
	],
	async execute(call) {
		const { client, parameters } = call;
		const requestId = parameters.id('requestId');
		const allocationId = parameters.text('allocationId');
		const { contextRoleType } = parameters.fields('options');
		return [
			await updateAllocation(client, requestId, allocationId, readChanges(call), {
				userId: parameters.optionalId('userId'),
				contextRoleType: readText(parameters, 'contextRoleType', contextRoleType),
			}),
		];
	},
};

function readChanges({ node, itemIndex, parameters }: OperationCall): JsonObject {
	const chosen = parameters.fields('updateFields');
	const percentage = readDecimal(parameters, 'percentage', chosen['percentage']);
	const given = {
		...(percentage !== undefined && { percentage }),
		...readCustomFields(parameters, chosen['customFields'], companyFields),
		...parameters.json('moreFields', chosen['moreFields'] ?? {}),
	};
	const clearFields: unknown = node.getNodeParameter('clearFields', itemIndex, []);
	const cleared = readCleared(parameters, clearFields, companyFields, given);
	if (Object.keys(given).length + Object.keys(cleared).length > 0) return { ...given, ...cleared };
	const advice = "Fill in a field of 'Update Fields', or choose one in 'Clear Fields'.";
	throw parameters.wrong('updateFields', 'changes nothing', advice);
}
