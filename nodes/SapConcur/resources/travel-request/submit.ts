import { travelersStep } from './act';

export const submitTravelRequest = travelersStep({
	value: 'submit',
	name: 'Submit',
	action: 'Submit a travel request',
	description: 'Send a draft, or a request that came back, to its approver',
	step: 'submit',
});
