import { travelersStep } from './act';

export const recallTravelRequest = travelersStep({
	value: 'recall',
	name: 'Recall',
	action: 'Recall a travel request',
	description:
		'Take a submitted request back from its approver, so that the traveler can change it',
	step: 'recall',
});
