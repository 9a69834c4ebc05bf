import type { JsonObject } from '../../../../concur/json';
import { getExpense } from '../../../../concur/travel-request/children';
import { updateExpense } from '../../../../concur/travel-request/write-expenses';
import { expenseField, simplify, userLocator } from '../../../parameters/common';
import { clearFieldsOf, readCleared, readText } from '../../../parameters/custom-fields';
import { readCurrency, readDecimal } from '../../../parameters/decimal';
import { filled, withoutGaps } from '../../../parameters/gaps';
import type { Operation, OperationCall } from '../operation';
import { completeExpense } from './complete';
import {
	amountField,
	businessPurposeField,
	clearableFields,
	currencyField,
	expenseTypeField,
	readMoreFields,
	readSharedFields,
	sharedFields,
	transactionDateField,
} from './fields';
import { asChosen } from './simplify';

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
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: "Fields left empty stay as they are; 'Clear Fields' empties them",
			options: updateFields,
		},
		clearFieldsOf(clearableFields),
		simplify,
	],
	async execute(call) {
		const { client, parameters } = call;
		const id = parameters.text('expenseId');
		const options = { userId: parameters.optionalId('userId') };
		const changes = readChanges(call);
		const current = await getExpense(client, id, options);
		const expense = await updateExpense(client, id, completeExpense(current, changes), options);
		return [asChosen(parameters, expense)];
	},
};

function readChanges({ node, itemIndex, parameters }: OperationCall): JsonObject {
	const chosen = parameters.fields('updateFields');
	const given = withoutGaps({
		expenseType: filled({ id: readText(parameters, 'expenseTypeId', chosen['expenseTypeId']) }),
		transactionDate: parameters.day('transactionDate', chosen['transactionDate'] ?? ''),
		transactionAmount: filled({
			value: readDecimal(parameters, 'amount', chosen['amount']),
			currency: readCurrency(parameters, 'currency', chosen['currency']),
		}),
		...readSharedFields(parameters, chosen),
		...readMoreFields(parameters, chosen),
	});
	const clearFields: unknown = node.getNodeParameter('clearFields', itemIndex, []);
	const cleared = readCleared(parameters, clearFields, clearableFields, given);
	if (Object.keys(given).length + Object.keys(cleared).length > 0) return { ...given, ...cleared };
	const advice = "Fill in a field of 'Update Fields', or choose one in 'Clear Fields'.";
	throw parameters.wrong('updateFields', 'changes nothing', advice);
}
