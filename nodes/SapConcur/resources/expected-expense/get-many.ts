import { listExpenses } from '../../../../concur/travel-request/children';
import {
	limit,
	requestLocator,
	returnAll,
	simplify,
	userLocator,
} from '../../../parameters/common';
import type { Operation } from '../operation';
import { readShape } from './simplify';

export const getManyExpectedExpenses: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many expected expenses',
	description: 'Retrieve the expected expenses of a travel request',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}/expenses'],
	properties: [
		userLocator('The user in whose name to read'),
		requestLocator,
		returnAll,
		limit,
		simplify,
	],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const most = parameters.limit();
		const expenses = await listExpenses(client, parameters.id('requestId'), {
			userId: parameters.optionalId('userId'),
		});
		return expenses.slice(0, most).map(shape);
	},
};
