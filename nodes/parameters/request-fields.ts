import type { INodeProperties } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import { readTimeOfDay } from '../../concur/time-grammar';
import { customFieldOptions, customFieldsOf, readCustomFields } from './custom-fields';
import { dayField } from './day-field';
import { filled, withoutGaps } from './gaps';
import type { Parameters } from './parameters';
import { placeField, readPlace } from './place';
import { textField } from './text-field';

/** The fields of a travel request's header that creating and updating share, and the body they become. */

/** The company's own fields, as the body names them. */
export const companyFields = customFieldOptions(20);

export const nameField = textField(
	'Name',
	'name',
	'What the trip is called in Concur',
	'Company training in Lyon',
);

export const startDateField = dayField('Start Date', 'startDate', 'The first day of the trip');

export const endDateField = dayField('End Date', 'endDate', 'The last day of the trip');

export const businessPurposeField = textField(
	'Business Purpose',
	'businessPurpose',
	'Why the trip is made',
);

export const commentField: INodeProperties = {
	...textField('Comment', 'comment', 'A comment on the whole request'),
	typeOptions: { rows: 3 },
};

export const startTimeField = textField(
	'Start Time',
	'startTime',
	'When the trip starts, in 24 hours',
	'07:15',
);

export const endTimeField = textField(
	'End Time',
	'endTime',
	'When the trip ends, in 24 hours',
	'22:00',
);

export const travelAgencyField = textField(
	'Travel Agency ID',
	'travelAgency',
	'The ID of the travel agency that is to book',
	'2EC038D7C3CBBE4ABA0914425064D34F',
);

export const expensePolicyField = textField(
	'Expense Policy ID',
	'expensePolicy',
	'The ID of the expense policy that the expenses of the trip fall under',
	'A6D42A825114472FAF402180E20B3751',
);

export const customFields = customFieldsOf('requests', companyFields);

export const mainDestinationField = placeField(
	'Main Destination',
	'mainDestination',
	'Where the trip goes',
);

/** The request policies that the user may use. */
export const policyLocator: INodeProperties = {
	displayName: 'Policy',
	name: 'policy',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: "The request policy. Without one Concur takes the user's default.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a policy…',
			typeOptions: { searchListMethod: 'searchPolicies', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. F4C8BD31CA9D4D6292795BE687EB9B2A',
		},
	],
};

/**
 * The body of what a collection of these fields holds; empty fields are left out, since null clears.
 * The policy is not among them: it takes a locator to read.
 */
export function readRequestFields(chosen: Parameters): JsonObject {
	const read = (name: string): string | undefined => chosen.optionalText(name);
	return withoutGaps({
		name: read('name'),
		businessPurpose: read('businessPurpose'),
		comment: read('comment'),
		startDate: chosen.day('startDate'),
		startTime: readTime(chosen, 'startTime'),
		endDate: chosen.day('endDate'),
		endTime: readTime(chosen, 'endTime'),
		mainDestination: readPlace(chosen, 'mainDestination'),
		expensePolicy: filled({ id: read('expensePolicy') }),
		travelAgency: filled({ id: read('travelAgency') }),
		...readCustomFields(chosen, companyFields),
	});
}

function readTime(chosen: Parameters, name: string): string | undefined {
	const time = chosen.optionalText(name);
	if (time === undefined || (time.length === 5 && readTimeOfDay(time) === time)) return time;
	throw chosen.wrong(name, 'is not a time of day', 'Write it as 07:15 or 22:00.');
}
