import { createRequest } from '../../../../concur/travel-request/create-request';
import type { JsonObject } from '../../../../concur/json';
import { additionalFieldsOf, moreFields, readMoreFields } from '../../../parameters/collections';
import { simplify, userLocator } from '../../../parameters/common';
import { withoutGaps } from '../../../parameters/gaps';
import type { Parameters } from '../../../parameters/parameters';
import {
	businessPurposeField,
	commentField,
	customFields,
	endDateField,
	endTimeField,
	mainDestinationField,
	nameField,
	policyLocator,
	readRequestFields,
	startDateField,
	startTimeField,
	travelAgencyField,
} from '../../../parameters/request-fields';
import type { Operation } from '../operation';
import { readShape } from './simplify';

export const createTravelRequest: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a travel request',
	description: 'Begin a draft for a traveler, who (or you with Submit) sends it to their approver',
	endpoints: ['POST /travelrequest/v4/requests'],
	properties: [
		{ ...nameField, required: true },
		startDateField,
		endDateField,
		userLocator('The traveler who is to own the request'),
		additionalFieldsOf([
			businessPurposeField,
			commentField,
			customFields,
			endTimeField,
			mainDestinationField,
			moreFields(),
			policyLocator,
			startTimeField,
			travelAgencyField,
		]),
		simplify,
	],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const body = readBody(parameters);
		const request = await createRequest(client, body, { userId: parameters.optionalId('userId') });
		return [shape(request)];
	},
};

function readBody(parameters: Parameters): JsonObject {
	const chosen = parameters.fields('additionalFields');
	const policyId = chosen.optionalId('policy');
	return {
		name: parameters.text('name'),
		...withoutGaps({
			startDate: parameters.day('startDate'),
			endDate: parameters.day('endDate'),
		}),
		...readRequestFields(chosen),
		...(policyId !== undefined && { policy: { id: policyId } }),
		...readMoreFields(chosen),
	};
}
