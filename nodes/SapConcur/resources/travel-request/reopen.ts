import { travelersStep } from './act';

export const reopenTravelRequest = travelersStep({
	value: 'reopen',
	name: 'Reopen',
	action: 'Reopen a travel request',
	description: 'Bring a closed request back, so that the traveler can work with it again',
	step: 'reopen',
});
