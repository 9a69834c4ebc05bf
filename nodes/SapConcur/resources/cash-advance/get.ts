import { getCashAdvance } from '../../../../concur/travel-request/children';
import { idField } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getCashAdvanceById: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a cash advance',
	description: 'Retrieve one cash advance. SAP has announced that this call will be deprecated.',
	endpoints: ['GET /travelrequest/v4/cashadvances/{cashAdvanceUuid}'],
	properties: [
		idField(
			'Cash Advance ID',
			'cashAdvanceId',
			"The ID of the cash advance, as 'Get Many' returns it",
			'EF3E237ACAA3C449B808BA75BDD049FA',
		),
	],
	async execute({ client, parameters }) {
		return [await getCashAdvance(client, parameters.text('cashAdvanceId'))];
	},
};
