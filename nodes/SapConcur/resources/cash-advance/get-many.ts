import { getCashAdvance, listCashAdvanceIds } from '../../../../concur/travel-request/children';
import { mapInOrder } from '../../map-in-order';
import { optionsOf } from '../../../parameters/collections';
import { limit, requestLocator, returnAll, userLocator } from '../../../parameters/common';
import type { Operation } from '../operation';

const READS_AT_ONCE = 3;

/** Concur lists links only, so each cash advance is read for itself unless the ids are enough. */
export const getManyCashAdvances: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many cash advances',
	description: 'Retrieve the cash advances of a travel request',
	endpoints: [
		'GET /travelrequest/v4/requests/{requestUuid}/cashadvances',
		'GET /travelrequest/v4/cashadvances/{cashAdvanceUuid}',
	],
	properties: [
		userLocator('The owner of the travel request'),
		requestLocator,
		returnAll,
		limit,
		optionsOf([
			{
				displayName: 'IDs Only',
				name: 'idsOnly',
				type: 'boolean',
				default: false,
				description: 'Whether to return the IDs alone, which saves a call for each cash advance',
			},
		]),
	],
	async execute({ client, parameters }) {
		const most = parameters.limit();
		const idsOnly = parameters.fields('options').flag('idsOnly');
		const all = await listCashAdvanceIds(client, parameters.id('requestId'), {
			userId: parameters.optionalId('userId'),
		});
		const ids = all.slice(0, most);
		if (idsOnly) {
			return ids.map((cashAdvanceId) => ({ cashAdvanceId }));
		}
		const records = await mapInOrder(ids.length, READS_AT_ONCE, (index) =>
			getCashAdvance(client, ids[index] ?? ''),
		);
		// A record may come without its id, by which it is told from the others.
		return records.map((record, index) => ({ cashAdvanceId: ids[index], ...record }));
	},
};
