import { createAgencyProposal } from '../../../../concur/travel-request/agency-proposals';
import { optionsOf } from '../../../parameters/collections';
import { requestLocator, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

export const createProposal: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an agency proposal',
	description:
		'Offer a trip for a travel request, for the traveler to choose. For travel agencies; up to three make a batch.',
	endpoints: ['POST /travelrequest/v4/requests/{requestUuid}/agencyproposals'],
	properties: [
		userLocator("The travel agency's agent"),
		requestLocator,
		{
			displayName: 'Proposal',
			name: 'proposal',
			type: 'json',
			typeOptions: { rows: 10 },
			required: true,
			default: '',
			placeholder:
				'e.g. {"importDate": "2026-11-21", "booked": false, "agencyProposalEntries": []}',
			description:
				"The proposal as a JSON object, as SAP describes it. Concur asks for 'agencyProposalEntries', 'booked' and 'importDate'.",
		},
		optionsOf([
			{
				displayName: 'Test',
				name: 'test',
				type: 'boolean',
				default: false,
				description: "Whether to use SAP's partition for tests, so that no traveler sees it",
			},
		]),
	],
	async execute({ client, parameters }) {
		const requestId = parameters.id('requestId');
		const proposal = parameters.json('proposal');
		if (Object.keys(proposal).length === 0) {
			throw parameters.wrong('proposal', 'is empty', 'Write the proposal as a JSON object.');
		}
		const record = await createAgencyProposal(client, requestId, proposal, {
			userId: parameters.optionalId('userId'),
			test: parameters.fields('options').flag('test') ? true : undefined,
		});
		return [record];
	},
};
