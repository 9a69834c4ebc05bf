import { getExpense } from '../../../../concur/travel-request/children';
import { expenseField, simplify, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';
import { readShape } from './simplify';

export const getExpectedExpense: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an expected expense',
	description: 'Retrieve one expected expense with its allocations and trip data',
	endpoints: ['GET /travelrequest/v4/expenses/{expenseUuid}'],
	properties: [expenseField, userLocator('The user in whose name to read'), simplify],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const expense = await getExpense(client, parameters.text('expenseId'), {
			userId: parameters.optionalId('userId'),
		});
		return [shape(expense)];
	},
};
