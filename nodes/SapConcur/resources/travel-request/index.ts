import type { Resource } from '../operation';
import { getTravelRequest } from './get';
import { getManyTravelRequests } from './get-many';

export const travelRequest: Resource = {
	value: 'travelRequest',
	name: 'Travel Request',
	description: 'A request for a trip: its header, dates and way through approval',
	operations: [getTravelRequest, getManyTravelRequests],
};
