import { getAllocation } from '../../../../concur/travel-request/allocations';
import { requestLocator, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';
import { allocationField } from './parameters';

export const getAllocationById: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an allocation',
	description: 'Retrieve one allocation of an expected expense',
	endpoints: ['GET /travelrequest/v4/requests/{requestUuid}/allocations/{allocationUuid}'],
	properties: [requestLocator, allocationField, userLocator('The user in whose name to read')],
	async execute({ client, parameters }) {
		const requestId = parameters.id('requestId');
		const allocationId = parameters.text('allocationId');
		return [
			await getAllocation(client, requestId, allocationId, {
				userId: parameters.optionalId('userId'),
			}),
		];
	},
};
