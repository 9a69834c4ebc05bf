import { getConnectionRequest } from '../../../../concur/connection-request/get-connection-request';
import { getRawConnectionRequest } from '../../../../concur/connection-request/raw-connection-requests';
import type { Operation } from '../operation';
import { connectionId, outputFields, readChoice, versionField } from './parameters';
import { plainConnection, simplifyConnection } from './simplify';

export const getConnectionRequestById: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a connection request',
	description: 'Retrieve one connection request. SAP means this for tests: work from Get Many.',
	endpoints: ['GET /api/{version}/common/connectionrequests/{id}'],
	sequential: true,
	properties: [connectionId, versionField, ...outputFields],
	async execute({ client, parameters }) {
		const id = parameters.text('connectionRequestId');
		const { options, raw, simplify } = readChoice(parameters);
		if (raw) return [await getRawConnectionRequest(client, id, options)];
		const request = await getConnectionRequest(client, id, options);
		return [simplify ? simplifyConnection(request) : plainConnection(request)];
	},
};
