import type { INodeProperties } from 'n8n-workflow';
import { isJsonObject, type JsonObject } from '../../../concur/json';
import { customFieldOptions, customFieldsOf, readCustomFields, readText } from './custom-fields';
import type { Parameters } from './parameters';

/** The fields of a travel request's header that creating and updating share, and the body they become. */

/** The company's own fields, as the body names them. */
export const companyFields = customFieldOptions(20);

function text(
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type: 'string', default: '', description, ...more };
}

function day(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `${description}. Only the day counts.`,
	};
}

export const nameField = text('Name', 'name', 'What the trip is called in Concur', {
	placeholder: 'e.g. Company training in Lyon',
});

export const startDateField = day('Start Date', 'startDate', 'The first day of the trip');

export const endDateField = day('End Date', 'endDate', 'The last day of the trip');

export const businessPurposeField = text(
	'Business Purpose',
	'businessPurpose',
	'Why the trip is made',
);

export const commentField = text('Comment', 'comment', 'A comment on the whole request', {
	typeOptions: { rows: 3 },
});

export const startTimeField = text('Start Time', 'startTime', 'When the trip starts, in 24 hours', {
	placeholder: 'e.g. 07:15',
});

export const endTimeField = text('End Time', 'endTime', 'When the trip ends, in 24 hours', {
	placeholder: 'e.g. 22:00',
});

export const travelAgencyField = text(
	'Travel Agency ID',
	'travelAgency',
	'The ID of the travel agency that is to book',
	{ placeholder: 'e.g. 2EC038D7C3CBBE4ABA0914425064D34F' },
);

export const expensePolicyField = text(
	'Expense Policy ID',
	'expensePolicy',
	'The ID of the expense policy that the expenses of the trip fall under',
	{ placeholder: 'e.g. A6D42A825114472FAF402180E20B3751' },
);

export const customFields = customFieldsOf('requests', companyFields);

/** How a place may be told; an IATA code, or a country and a city that Concur knows, must be there. */
const placeFields: readonly INodeProperties[] = [
	text('City', 'city', 'The city, as Concur knows it', { placeholder: 'e.g. Lyon, FRANCE' }),
	text('Country Code', 'countryCode', 'The ISO 3166-1 code of the country', {
		placeholder: 'e.g. FR',
	}),
	text(
		'Country Subdivision Code',
		'countrySubDivisionCode',
		'The ISO 3166-2 code of the state or region',
		{ placeholder: 'e.g. FR-69' },
	),
	text('IATA Code', 'iataCode', 'The code of the airport; enough on its own', {
		placeholder: 'e.g. LYS',
	}),
	text('Location Code', 'locationCode', "Concur's code, where several places have the name"),
	text('Location ID', 'id', "Concur's ID of the place"),
	text('Location Name', 'name', 'The name of the place; mostly the city', {
		placeholder: 'e.g. Lyon, FRANCE',
	}),
];

export const mainDestinationField: INodeProperties = {
	displayName: 'Main Destination',
	name: 'mainDestination',
	type: 'fixedCollection',
	placeholder: 'Add Main Destination',
	default: {},
	description: 'Where the trip goes: an IATA code, or a country code and a city',
	options: [{ displayName: 'Place', name: 'place', values: [...placeFields] }],
};

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
export function readRequestFields(parameters: Parameters, chosen: JsonObject): JsonObject {
	const link = (name: string): JsonObject | undefined => {
		const id = readText(parameters, name, chosen[name]);
		return id === undefined ? undefined : { id };
	};
	return withoutGaps({
		name: readText(parameters, 'name', chosen['name']),
		businessPurpose: readText(parameters, 'businessPurpose', chosen['businessPurpose']),
		comment: readText(parameters, 'comment', chosen['comment']),
		startDate: parameters.day('startDate', chosen['startDate']),
		startTime: timeField(parameters, 'startTime', chosen['startTime']),
		endDate: parameters.day('endDate', chosen['endDate']),
		endTime: timeField(parameters, 'endTime', chosen['endTime']),
		mainDestination: readPlace(parameters, chosen['mainDestination']),
		expensePolicy: link('expensePolicy'),
		travelAgency: link('travelAgency'),
		...readCustomFields(parameters, chosen['customFields'], companyFields),
	});
}

function timeField(parameters: Parameters, name: string, value: unknown): string | undefined {
	const time = readText(parameters, name, value);
	if (time === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return time;
	throw parameters.wrong(name, 'is not a time of day', 'Write it as 07:15 or 22:00.');
}

function readPlace(parameters: Parameters, value: unknown): JsonObject | undefined {
	const place = isJsonObject(value) ? value['place'] : undefined;
	if (!isJsonObject(place)) return undefined;
	const told = placeFields.map(({ name }): [string, unknown] => [
		name,
		readText(parameters, `mainDestination.${name}`, place[name]),
	]);
	const body = withoutGaps(Object.fromEntries(told));
	return Object.keys(body).length === 0 ? undefined : body;
}

/** A copy without members that are undefined. */
function withoutGaps(record: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
