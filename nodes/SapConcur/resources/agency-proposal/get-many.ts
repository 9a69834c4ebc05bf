import { listAgencyProposals } from '../../../../concur/travel-request/agency-proposals';
import { limit, requestLocator, returnAll, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getManyProposals: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many agency proposals',
	description: 'Retrieve what travel agencies have proposed for a travel request',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}/agencyproposals'],
	properties: [userLocator('The user in whose name to read'), requestLocator, returnAll, limit],
	async execute({ client, parameters }) {
		const most = parameters.limit();
		const proposals = await listAgencyProposals(client, parameters.id('requestId'), {
			userId: parameters.optionalId('userId'),
		});
		return proposals.slice(0, most);
	},
};
