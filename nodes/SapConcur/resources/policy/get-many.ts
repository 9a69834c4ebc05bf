import { listUserPolicies } from '../../../../concur/travel-request/lookups';
import { limit, returnAll, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getManyPolicies: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many policies',
	description: 'Retrieve the policies that a user may choose for a travel request',
	endpoints: ['GET /travelrequest/v4/userpolicies'],
	properties: [userLocator('The user who may use the policies'), returnAll, limit],
	async execute({ client, parameters }) {
		const most = parameters.limit();
		const policies = await listUserPolicies(client, { userId: parameters.optionalId('userId') });
		return policies.slice(0, most);
	},
};
