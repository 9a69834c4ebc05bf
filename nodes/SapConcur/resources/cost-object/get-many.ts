import { listCostObjects } from '../../../../concur/travel-request/cost-objects';
import { limit, requestLocator, returnAll, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getManyCostObjects: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many cost objects',
	description:
		'Retrieve the cost objects of a travel request with their approvers. Early access at SAP: Concur refuses companies that do not take part.',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}/costobjects'],
	properties: [
		userLocator("The user of whom fields such as 'isOwnedByCaller' speak"),
		requestLocator,
		returnAll,
		limit,
	],
	async execute({ client, parameters }) {
		const most = parameters.limit();
		const costObjects = await listCostObjects(client, parameters.id('requestId'), {
			userId: parameters.optionalId('userId'),
		});
		return costObjects.slice(0, most);
	},
};
