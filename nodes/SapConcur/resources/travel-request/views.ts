import type { INodeProperties } from 'n8n-workflow';

/** The views of Travel Request v4, "Get the list of existing Requests", as the page tells them. */
export const viewField: INodeProperties = {
	displayName: 'View',
	name: 'view',
	type: 'options',
	options: [
		{ name: 'Active', value: 'ACTIVE' },
		{ name: 'Active and Approved', value: 'ACTIVEAPPROVED' },
		{ name: 'All', value: 'ALL' },
		{ name: 'Approved', value: 'APPROVED' },
		{ name: 'Canceled', value: 'CANCELED' },
		{ name: 'Closed', value: 'CLOSED' },
		{ name: 'Not Submitted', value: 'UNSUBMITTED' },
		{ name: 'Pending', value: 'PENDING' },
		{ name: 'Pending Booking', value: 'PENDINGEBOOKING' },
		{ name: 'Pending Proposal', value: 'PENDINGPROPOSAL' },
		{ name: 'Proposal Approved', value: 'PROPOSALAPPROVED' },
		{ name: 'Proposal Canceled', value: 'PROPOSALCANCELED' },
		{ name: 'Submitted', value: 'SUBMITTED' },
		{ name: 'To Approve', value: 'TOAPPROVE' },
		{ name: 'Validated', value: 'VALIDATED' },
	],
	default: 'ALL',
	description: 'Which requests of the user to list',
};
