import { deleteRequest } from '../../../../concur/travel-request/delete-request';
import { requestLocator, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const deleteTravelRequest: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a travel request',
	description: 'Remove a request for good, if its state still allows that',
	endpoints: ['DELETE /travelrequest/v4/requests/{requestUuid}'],
	properties: [userLocator('The traveler whose request it is'), requestLocator],
	async execute({ client, parameters }) {
		const id = parameters.id('requestId');
		await deleteRequest(client, id, { userId: parameters.optionalId('userId') });
		return [{ deleted: true, id }];
	},
};
