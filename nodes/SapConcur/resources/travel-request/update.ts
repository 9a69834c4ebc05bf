import type { INodePropertyOptions } from 'n8n-workflow';
import { updateRequest, updatableFields } from '../../../../concur/travel-request/update-request';
import { clearFieldsOf, readUpdate } from '../../../parameters/clear-fields';
import { updateFieldsOf } from '../../../parameters/collections';
import { requestLocator, simplify, userLocator } from '../../../parameters/common';
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
import type { Operation } from '../operation';
import { readShape } from './simplify';

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
		updateFieldsOf([
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
		]),
		clearFieldsOf(clearable),
		simplify,
	],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const id = parameters.id('requestId');
		const userId = parameters.optionalId('userId');
		const given = readRequestFields(parameters.fields('updateFields'));
		const changes = readUpdate(parameters, given, clearable);
		const request = await updateRequest(client, id, changes, { userId });
		return [shape(request)];
	},
};
