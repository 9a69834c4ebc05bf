import type { Resource } from '../operation';
import { createConnection } from './create';
import { deleteConnection } from './delete';
import { exchangeToken } from './exchange-token';
import { getConnectionRequestById } from './get';
import { getManyConnectionRequests } from './get-many';
import { respondToConnection } from './respond';
import { updateConnectionStatus } from './update-status';

export const connectionRequest: Resource = {
	value: 'connectionRequest',
	name: 'Connection Request',
	description: 'A traveler who wants to be connected with your supplier program',
	operations: [
		createConnection,
		deleteConnection,
		exchangeToken,
		getConnectionRequestById,
		getManyConnectionRequests,
		respondToConnection,
		updateConnectionStatus,
	],
};
