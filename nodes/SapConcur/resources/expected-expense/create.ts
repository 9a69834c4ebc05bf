import type { JsonObject } from '../../../../concur/json';
import { createExpense } from '../../../../concur/travel-request/write-expenses';
import { additionalFieldsOf, readMoreFields } from '../../../parameters/collections';
import { requestLocator, simplify, userLocator } from '../../../parameters/common';
import { requireCurrency } from '../../../parameters/currency';
import type { Parameters } from '../../../parameters/parameters';
import type { Operation } from '../operation';
import {
	amountField,
	businessPurposeField,
	currencyField,
	expenseTypeField,
	readSharedFields,
	sharedFields,
	transactionDateField,
} from './fields';
import { readShape } from './simplify';

export const createExpectedExpense: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an expected expense',
	description: 'Add an expected expense to a travel request',
	endpoints: ['POST /travelrequest/v4/requests/{requestUuid}/expenses'],
	properties: [
		userLocator('The user who makes the change'),
		requestLocator,
		{ ...expenseTypeField, required: true },
		{ ...transactionDateField, required: true },
		{ ...amountField, required: true },
		{ ...currencyField, required: true },
		additionalFieldsOf([businessPurposeField, ...sharedFields]),
		simplify,
	],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const requestId = parameters.id('requestId');
		const expense = await createExpense(client, requestId, readBody(parameters), {
			userId: parameters.optionalId('userId'),
		});
		return [shape(expense)];
	},
};

function readBody(parameters: Parameters): JsonObject {
	const chosen = parameters.fields('additionalFields');
	return {
		expenseType: { id: parameters.text('expenseTypeId') },
		transactionDate: readDate(parameters),
		transactionAmount: {
			value: parameters.requiredDecimal('amount'),
			currency: requireCurrency(parameters, 'currency'),
		},
		...readSharedFields(chosen),
		...readMoreFields(chosen),
	};
}

function readDate(parameters: Parameters): string {
	const day = parameters.day('transactionDate');
	if (day !== undefined) return day;
	throw parameters.wrong('transactionDate', 'is empty', 'Write it as 2026-11-21.');
}
