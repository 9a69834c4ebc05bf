import type { INodeProperties } from 'n8n-workflow';
import { textField } from './text-field';

/** Parameters that several operations share, so that they look and read the same everywhere. */

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const USER_HINT = 'Needed with a company token; leave it empty when you sign in as the user';

/** The user in whose name a call is made (`userId` of Travel Request v4). */
export function userLocator(description: string): INodeProperties {
	return {
		displayName: 'User',
		name: 'userId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: `${description}. ${USER_HINT}.`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a user…',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 08bd47ca-36a5-4e31-9f7a-0c4e1f3dd8f3',
			},
		],
	};
}

/** One travel request, by its 32-digit uuid. */
export const requestLocator: INodeProperties = {
	displayName: 'Travel Request',
	name: 'requestId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The travel request to work on. The list shows those of the user chosen above.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a travel request…',
			typeOptions: { searchListMethod: 'searchRequests', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 224AF3CDCC2A5244A37C72FA5770C6F2',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '\\s*[0-9A-Fa-f]{32}\\s*',
						errorMessage: 'The ID has 32 digits and letters; the short request ID is another one',
					},
				},
			],
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder:
				'e.g. https://us2.api.concursolutions.com/travelrequest/v4/requests/224AF3CDCC2A…',
			extractValue: { type: 'regex', regex: 'requests?/([0-9A-Fa-f]{32})' },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '.*requests?/[0-9A-Fa-f]{32}.*',
						errorMessage: 'There is no ID of a travel request in this URL',
					},
				},
			],
		},
	],
};

/** An id that the node has no list for. */
export function idField(
	displayName: string,
	name: string,
	description: string,
	example: string,
): INodeProperties {
	return { ...textField(displayName, name, description, example), required: true };
}

/** An expected expense, which Concur lists for one travel request only. */
export const expenseField = idField(
	'Expected Expense ID',
	'expenseId',
	"The ID of the expected expense, as its 'Get Many' returns it",
	'0465224E14C23D4F8C2BC79A9D694BDD',
);
