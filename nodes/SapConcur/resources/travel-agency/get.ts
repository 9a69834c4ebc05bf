import { getTravelAgency } from '../../../../concur/travel-request/lookups';
import { idField } from '../../../parameters/common';
import type { Operation } from '../operation';

export const getTravelAgencyById: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a travel agency',
	description: 'Retrieve one travel agency office',
	endpoints: ['GET /travelrequest/v4/travelagencies/{agencyUuid}'],
	properties: [
		idField(
			'Travel Agency ID',
			'travelAgencyId',
			"The ID within the 'travelAgency' of a travel request; its link may end in another one",
			'2EC038D7C3CBBE4ABA0914425064D34F',
		),
	],
	async execute({ client, parameters }) {
		return [await getTravelAgency(client, parameters.text('travelAgencyId'))];
	},
};
