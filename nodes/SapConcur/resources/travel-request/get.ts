import { getRequest } from '../../../../concur/travel-request/get-request';
import { requestLocator, simplify, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';
import { readShape } from './simplify';

export const getTravelRequest: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a travel request',
	description: 'Retrieve one travel request with all its details',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}'],
	properties: [userLocator('The user in whose name to read'), requestLocator, simplify],
	async execute({ client, parameters }) {
		const shape = readShape(parameters);
		const id = parameters.id('requestId');
		const request = await getRequest(client, id, { userId: parameters.optionalId('userId') });
		return [shape(request)];
	},
};
