import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { JsonObject } from '../../../../concur/json';
import { moreFields } from '../../../parameters/collections';
import {
	customFieldOptions,
	customFieldsOf,
	readCustomFields,
} from '../../../parameters/custom-fields';
import { dayField } from '../../../parameters/day-field';
import { filled, withoutGaps } from '../../../parameters/gaps';
import type { Parameters } from '../../../parameters/parameters';
import { placeField, readPlace } from '../../../parameters/place';
import { textField } from '../../../parameters/text-field';

/** The fields that creating and updating an expected expense share, and the body they become. */

export const amountField: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'number',
	default: 0,
	description:
		'The amount in the currency paid to the vendor. A text from an expression keeps all its digits.',
};

export const currencyField = textField(
	'Currency',
	'currency',
	'The ISO 4217 code of the currency paid to the vendor',
	'EUR',
);

export const expenseTypeField = textField(
	'Expense Type ID',
	'expenseTypeId',
	'The ID of an expense type that the policy of the travel request allows',
	'AIRFR',
);

export const transactionDateField = dayField(
	'Transaction Date',
	'transactionDate',
	'The day of the expense',
);

const orgUnitOptions: readonly INodePropertyOptions[] = Array.from({ length: 6 }, (_, index) => ({
	name: `Org Unit ${index + 1}`,
	value: `orgUnit${index + 1}`,
}));

const companyFields: readonly INodePropertyOptions[] = [
	...customFieldOptions(40),
	...orgUnitOptions,
];

/** What 'Clear Fields' offers. */
export const clearableFields: readonly INodePropertyOptions[] = [
	{ name: 'Business Purpose', value: 'businessPurpose' },
	...customFieldOptions(40),
	{ name: 'Location', value: 'location' },
	...orgUnitOptions,
	{ name: 'Payment Type', value: 'paymentType' },
	{ name: 'Vendor', value: 'vendor' },
];

const methods = ['DIVIDE', 'MULTIPLY'] as const;

const exchangeRateField: INodeProperties = {
	displayName: 'Exchange Rate',
	name: 'exchangeRate',
	type: 'fixedCollection',
	placeholder: 'Add Exchange Rate',
	default: {},
	description: 'How the amount becomes one in the currency of the traveler',
	options: [
		{
			displayName: 'Rate',
			name: 'rate',
			values: [
				{
					displayName: 'Method',
					name: 'method',
					type: 'options',
					options: [
						{ name: 'Divide', value: 'DIVIDE' },
						{ name: 'Multiply', value: 'MULTIPLY' },
					],
					default: 'MULTIPLY',
					description: 'What to do with the amount and the rate',
				},
				{
					displayName: 'Rate',
					name: 'value',
					type: 'number',
					default: 1,
				},
			],
		},
	],
};

export const businessPurposeField = textField(
	'Business Purpose',
	'businessPurpose',
	'What the expense is for',
);

/** The other fields that Concur does not ask for, in the order of the menu. */
export const sharedFields: readonly INodeProperties[] = [
	textField('Comment', 'lastComment', 'A comment on the expense'),
	customFieldsOf('expenses', companyFields),
	exchangeRateField,
	placeField('Location', 'location', 'Where the expense is made'),
	moreFields("'tripData' with its legs or 'allocations'"),
	textField('Payment Type ID', 'paymentTypeId', 'The ID of how the expense is paid', 'CASH'),
	textField(
		'Vendor ID',
		'vendorId',
		'The ID of the vendor, where the company has a list of vendors',
	),
	textField('Vendor Name', 'vendorName', 'Who is paid', 'Lufthansa'),
];

/** The body of what a collection with the shared fields holds; fields left empty are left out. */
export function readSharedFields(chosen: Parameters): JsonObject {
	const read = (name: string): string | undefined => chosen.optionalText(name);
	return withoutGaps({
		businessPurpose: read('businessPurpose'),
		lastComment: read('lastComment'),
		exchangeRate: readRate(chosen),
		location: readPlace(chosen, 'location'),
		paymentType: filled({ id: read('paymentTypeId') }),
		vendor: filled({ id: read('vendorId'), name: read('vendorName') }),
		...readCustomFields(chosen, companyFields),
	});
}

function readRate(chosen: Parameters): JsonObject | undefined {
	const rate = chosen.fields('exchangeRate');
	const value = rate.decimal('value');
	if (value === undefined) return undefined;
	return { value, operation: rate.optionalChoice('method', methods) ?? 'MULTIPLY' };
}
