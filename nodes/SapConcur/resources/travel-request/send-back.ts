import { approversStep } from './act';

export const sendBackTravelRequest = approversStep({
	value: 'sendBack',
	name: 'Send Back',
	action: 'Send back a travel request',
	description: 'Return a submitted request to its traveler, with a comment on what to change',
	step: 'sendback',
});
