import { deleteExpense } from '../../../../concur/travel-request/write-expenses';
import { expenseField, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const deleteExpectedExpense: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an expected expense',
	description:
		'Take an expected expense out of its travel request for good. Trips booked in Concur Travel stay.',
	endpoints: ['DELETE /travelrequest/v4/expenses/{expenseUuid}'],
	properties: [expenseField, userLocator('The user who makes the change')],
	async execute({ client, parameters }) {
		const id = parameters.text('expenseId');
		await deleteExpense(client, id, { userId: parameters.optionalId('userId') });
		return [{ deleted: true, id }];
	},
};
