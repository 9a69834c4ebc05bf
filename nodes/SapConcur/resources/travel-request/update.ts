import type { INodePropertyOptions } from 'n8n-workflow';
import type { JsonObject } from '../../../../concur/json';
import { updateRequest, updatableFields } from '../../../../concur/travel-request/update-request';
import { requestLocator, simplify, userLocator } from '../../../parameters/common';
import { clearFieldsOf, readCleared } from '../../../parameters/custom-fields';
import {
	businessPurposeField,
	commentField,
	companyFields,
	customFields,
	endDateField,
	endTimeField,
	expensePolicyField,
	mainDestinationField,
	nameField,
	readRequestFields,
	startDateField,
	startTimeField,
	travelAgencyField,
} from '../../../parameters/request-fields';
import type { Operation, OperationCall } from '../operation';
import { asChosen } from './simplify';

const titles: Readonly<Record<(typeof updatableFields)[number], string>> = {
	businessPurpose: 'Business Purpose',
	comment: 'Comment',
	endDate: 'End Date',
	endTime: 'End Time',
	expensePolicy: 'Expense Policy',
	mainDestination: 'Main Destination',
	name: 'Name',
	startDate: 'Start Date',
	startTime: 'Start Time',
	travelAgency: 'Travel Agency',
};

const byTitle = new Intl.Collator('en', { numeric: true });

const clearable: readonly INodePropertyOptions[] = [
	...updatableFields.map((value) => ({ name: titles[value], value })),
	...companyFields,
].sort((one, other) => byTitle.compare(one.name, other.name));

export const updateTravelRequest: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update a travel request',
	description: 'Change fields of the header; the others stay as they are',
	endpoints: ['PUT /travelrequest/v4/requests/{requestUuid}'],
	properties: [
		userLocator('The user who makes the change'),
		requestLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: "Fields left empty stay as they are; 'Clear Fields' empties them",
			options: [
				businessPurposeField,
				commentField,
				customFields,
				endDateField,
				endTimeField,
				expensePolicyField,
				mainDestinationField,
				nameField,
				startDateField,
				startTimeField,
				travelAgencyField,
			],
		},
		clearFieldsOf(clearable),
		simplify,
	],
	async execute(call) {
		const { client, parameters } = call;
		const id = parameters.id('requestId');
		const userId = parameters.optionalId('userId');
		const request = await updateRequest(client, id, readChanges(call), { userId });
		return [asChosen(parameters, request)];
	},
};

function readChanges({ node, itemIndex, parameters }: OperationCall): JsonObject {
	const given = readRequestFields(parameters, parameters.fields('updateFields'));
	const clearFields: unknown = node.getNodeParameter('clearFields', itemIndex, []);
	const changes = { ...given, ...readCleared(parameters, clearFields, clearable, given) };
	if (Object.keys(changes).length > 0) return changes;
	const advice = "Fill in a field of 'Update Fields', or choose one in 'Clear Fields'.";
	throw parameters.wrong('updateFields', 'changes nothing', advice);
}
