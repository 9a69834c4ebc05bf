import { travelersStep } from './act';

export const cancelTravelRequest = travelersStep({
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a travel request',
	description: 'Call off a trip whose request is submitted or approved',
	step: 'cancel',
});
