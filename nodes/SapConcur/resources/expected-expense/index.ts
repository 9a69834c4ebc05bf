import type { Resource } from '../operation';
import { createExpectedExpense } from './create';
import { deleteExpectedExpense } from './delete';
import { getExpectedExpense } from './get';
import { getManyExpectedExpenses } from './get-many';
import { updateExpectedExpense } from './update';

export const expectedExpense: Resource = {
	value: 'expectedExpense',
	name: 'Expected Expense',
	description: 'What a trip will cost: a flight, a hotel, a meal',
	operations: [
		createExpectedExpense,
		deleteExpectedExpense,
		getExpectedExpense,
		getManyExpectedExpenses,
		updateExpectedExpense,
	],
};
