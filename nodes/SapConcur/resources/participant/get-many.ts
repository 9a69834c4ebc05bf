import { listParticipants } from '../../../../concur/travel-request/participants';
import { limit, requestLocator, returnAll, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getManyParticipants: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many participants',
	description: 'Retrieve the participants of a budget request, with the requests they made of it',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}/participants'],
	properties: [userLocator('The user in whose name to read'), requestLocator, returnAll, limit],
	async execute({ client, parameters }) {
		const most = parameters.limit();
		const participants = await listParticipants(client, parameters.id('requestId'), {
			userId: parameters.optionalId('userId'),
		});
		return participants.slice(0, most);
	},
};
