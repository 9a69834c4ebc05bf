import { travelersStep } from './act';

export const closeTravelRequest = travelersStep({
	value: 'close',
	name: 'Close',
	action: 'Close a travel request',
	description:
		'Put away a request that is approved, or was canceled after approval, once the trip is done',
	step: 'close',
});
