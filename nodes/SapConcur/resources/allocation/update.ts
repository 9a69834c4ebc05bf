import type { JsonObject } from '../../../../concur/json';
import { updateAllocation } from '../../../../concur/travel-request/allocations';
import { clearFieldsOf, readUpdate } from '../../../parameters/clear-fields';
import {
	moreFields,
	optionsOf,
	readMoreFields,
	updateFieldsOf,
} from '../../../parameters/collections';
import { requestLocator, userLocator } from '../../../parameters/common';
import {
	customFieldOptions,
	customFieldsOf,
	readCustomFields,
} from '../../../parameters/custom-fields';
import type { Parameters } from '../../../parameters/parameters';
import { textField } from '../../../parameters/text-field';
import type { Operation } from '../operation';
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
		updateFieldsOf([
			customFieldsOf('allocations', companyFields),
			moreFields(),
			{
				displayName: 'Percentage',
				name: 'percentage',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 100,
				description: 'The share of the expense in percent. Concur works the amounts out from it.',
			},
		]),
		clearFieldsOf(companyFields),
		optionsOf([
			textField(
				'Context Role',
				'contextRoleType',
				'The role in which the user acts, which decides what fields they may change. SAP does not list the roles.',
			),
		]),
	],
	async execute({ client, parameters }) {
		const requestId = parameters.id('requestId');
		const allocationId = parameters.text('allocationId');
		const changes = readUpdate(parameters, readGiven(parameters), companyFields);
		return [
			await updateAllocation(client, requestId, allocationId, changes, {
				userId: parameters.optionalId('userId'),
				contextRoleType: parameters.fields('options').optionalText('contextRoleType'),
			}),
		];
	},
};

function readGiven(parameters: Parameters): JsonObject {
	const chosen = parameters.fields('updateFields');
	const percentage = chosen.decimal('percentage');
	return {
		...(percentage !== undefined && { percentage }),
		...readCustomFields(chosen, companyFields),
		...readMoreFields(chosen),
	};
}
