import { approversStep } from './act';

export const approveTravelRequest = approversStep({
	value: 'approve',
	name: 'Approve',
	action: 'Approve a travel request',
	description: 'Agree to a submitted request: it goes to the next approver, or is approved',
	step: 'approve',
});
