import type { Resource } from '../operation';
import { approveTravelRequest } from './approve';
import { cancelTravelRequest } from './cancel';
import { closeTravelRequest } from './close';
import { createTravelRequest } from './create';
import { deleteTravelRequest } from './delete';
import { getTravelRequest } from './get';
import { getManyTravelRequests } from './get-many';
import { recallTravelRequest } from './recall';
import { reopenTravelRequest } from './reopen';
import { sendBackTravelRequest } from './send-back';
import { submitTravelRequest } from './submit';
import { updateTravelRequest } from './update';

export const travelRequest: Resource = {
	value: 'travelRequest',
	name: 'Travel Request',
	description: 'A request for a trip: its header, dates and way through approval',
	operations: [
		approveTravelRequest,
		cancelTravelRequest,
		closeTravelRequest,
		createTravelRequest,
		deleteTravelRequest,
		getTravelRequest,
		getManyTravelRequests,
		recallTravelRequest,
		reopenTravelRequest,
		sendBackTravelRequest,
		submitTravelRequest,
		updateTravelRequest,
	],
};
