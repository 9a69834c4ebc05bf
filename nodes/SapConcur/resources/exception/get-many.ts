import { listExceptions } from '../../../../concur/travel-request/children';
import { limit, requestLocator, returnAll, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getManyExceptions: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many exceptions',
	description:
		'Retrieve the exceptions of a travel request, its expected expenses, allocations and cash advances',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}/exceptions'],
	properties: [userLocator('The owner of the travel request'), requestLocator, returnAll, limit],
	async execute({ client, parameters }) {
		const most = parameters.limit();
		const exceptions = await listExceptions(client, parameters.id('requestId'), {
			userId: parameters.optionalId('userId'),
		});
		return exceptions.slice(0, most);
	},
};
