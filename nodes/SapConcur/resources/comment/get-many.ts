import type { INodeProperties } from 'n8n-workflow';
import {
	listExpenseComments,
	listRequestComments,
} from '../../../../concur/travel-request/children';
import {
	expenseField,
	limit,
	requestLocator,
	returnAll,
	userLocator,
} from '../../../parameters/common';
import type { Operation } from '../operation';

const parents = ['travelRequest', 'expectedExpense'] as const;

function showFor(property: INodeProperties, parent: (typeof parents)[number]): INodeProperties {
	return { ...property, displayOptions: { show: { commentsOf: [parent] } } };
}

export const getManyComments: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many comments',
	description: 'Retrieve the comments of a travel request or of an expected expense, latest first',
	endpoints: [
		'GET /travelrequest/v4/requests/{requestUuid}/comments',
		'GET /travelrequest/v4/expenses/{expenseUuid}/comments',
	],
	properties: [
		{
			displayName: 'Of',
			name: 'commentsOf',
			type: 'options',
			options: [
				{
					name: 'Expected Expense',
					value: 'expectedExpense',
					description: 'What was written about one expense',
				},
				{
					name: 'Travel Request',
					value: 'travelRequest',
					description: 'What was written about the request as a whole',
				},
			],
			default: 'travelRequest',
			description: 'What the comments are about',
		},
		userLocator('The user in whose name to read'),
		showFor(requestLocator, 'travelRequest'),
		showFor(expenseField, 'expectedExpense'),
		returnAll,
		limit,
	],
	async execute({ client, parameters }) {
		const parent = parameters.choice('commentsOf', parents);
		const most = parameters.limit();
		const options = { userId: parameters.optionalId('userId') };
		if (parent === 'travelRequest') {
			const requestId = parameters.id('requestId');
			const comments = await listRequestComments(client, requestId, options);
			return comments.slice(0, most).map((comment) => ({ travelRequestId: requestId, ...comment }));
		}
		const expenseId = parameters.text('expenseId');
		const comments = await listExpenseComments(client, expenseId, options);
		return comments.slice(0, most).map((comment) => ({ expenseId, ...comment }));
	},
};
