import type { JsonObject } from '../../../../concur/json';
import { getExpense } from '../../../../concur/travel-request/children';
import { updateExpense } from '../../../../concur/travel-request/write-expenses';
import { clearFieldsOf, readUpdate } from '../../../parameters/clear-fields';
import { readMoreFields, updateFieldsOf } from '../../../parameters/collections';
import { expenseField, simplify, userLocator } from '../../../parameters/common';
import { readCurrency } from '../../../parameters/currency';
import { filled, withoutGaps } from '../../../parameters/gaps';
import type { Parameters } from '../../../parameters/parameters';
import type { Operation } from '../operation';
import { completeExpense } from './complete';
import {
	amountField,
	businessPurposeField,
	clearableFields,
	currencyField,
	expenseTypeField,
	readSharedFields,
	sharedFields,
	transactionDateField,
} from './fields';
import { readShape } from './simplify';

const updateFields = [
	amountField,
	businessPurposeField,
	currencyField,
	expenseTypeField,
	...sharedFields,
	transactionDateField,
].sort((one, other) => one.displayName.localeCompare(other.displayName));

/** Concur takes whole expenses only, so the expense is read, changed and sent back. */
export const updateExpectedExpense: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update an expected expense',
	description: 'Change fields of an expected expense; the others stay as they are',
	endpoints: [
		'GET /travelrequest/v4/expenses/{expenseUuid}',
		'PUT /travelrequest/v4/expenses/{expenseUuid}',
	],
	properties: [
		expenseField,
		userLocator('The user who makes the change'),
		updateFieldsOf(updateFields),
		clearFieldsOf(clearableFields),
		simplify,
	],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const id = parameters.text('expenseId');
		const options = { userId: parameters.optionalId('userId') };
		const changes = readUpdate(parameters, readGiven(parameters), clearableFields);
		const current = await getExpense(client, id, options);
		const expense = await updateExpense(client, id, completeExpense(current, changes), options);
		return [shape(expense)];
	},
};

function readGiven(parameters: Parameters): JsonObject {
	const chosen = parameters.fields('updateFields');
	return withoutGaps({
		expenseType: filled({ id: chosen.optionalText('expenseTypeId') }),
		transactionDate: chosen.day('transactionDate'),
		transactionAmount: filled({
			value: chosen.decimal('amount'),
			currency: readCurrency(chosen, 'currency'),
		}),
		...readSharedFields(chosen),
		...readMoreFields(chosen),
	});
}
