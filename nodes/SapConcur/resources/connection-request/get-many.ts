import { drainConnectionRequests } from '../../../../concur/connection-request/queue/drain-connection-requests';
import { drainRawConnectionRequests } from '../../../../concur/connection-request/raw-connection-requests';
import type { ConcurError } from '../../../../concur/errors';
import { limit, returnAll } from '../../../parameters/common';
import { collectUpTo } from '../../../output/collect';
import { hintAt } from '../../../output/hints';
import type { Operation } from '../operation';
import { outputFields, readChoice, versionField } from './parameters';
import { plainConnection, simplifyConnection } from './simplify';

const MOST_A_PAGE = 10;

/**
 * The queue, read without taking anything out. All pages are read before any item leaves the node,
 * so no update can shift the pages meanwhile.
 */
export const getManyConnectionRequests: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many connection requests',
	description: 'Retrieve the travelers who wait to be connected. They stay in the queue.',
	endpoints: ['GET /api/{version}/common/connectionrequests'],
	// Each reading makes new request tokens, so one at a time.
	sequential: true,
	properties: [versionField, returnAll, limit, ...outputFields],
	async execute({ node, client, parameters }) {
		const most = parameters.limit();
		const { options, raw, simplify } = readChoice(parameters);
		const page = { limit: Math.min(most ?? MOST_A_PAGE, MOST_A_PAGE) };
		const drain = {
			...options,
			onOpen: (error: ConcurError) => {
				hintAt(node, error);
			},
		};
		if (raw) return collectUpTo(most, drainRawConnectionRequests(client, page, drain));
		const requests = await collectUpTo(most, drainConnectionRequests(client, page, drain));
		return requests.map(simplify ? simplifyConnection : plainConnection);
	},
};
