import type { INodeProperties } from 'n8n-workflow';
import {
	connectionStatuses,
	describeStatus,
	statusesOf,
} from '../../../../concur/connection-request/statuses';
import { updateConnectionRequest } from '../../../../concur/connection-request/update-connection-request';
import {
	connectionVersions,
	type ConnectionVersion,
} from '../../../../concur/connection-request/versions';
import type { Operation } from '../operation';
import { connectionId, versionField, versionOf } from './parameters';

/** The codes differ by version, so there is one list for each. */
function statusField(version: ConnectionVersion): INodeProperties {
	return {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: statusesOf(version).map((code) => ({
			name: `${connectionStatuses[code].name} (${code})`,
			value: code,
			description: describeStatus(code),
		})),
		default: 'CRSUC',
		description: 'The answer to the traveler. Each answer takes the request out of the queue.',
		displayOptions: { show: { version: [version] } },
	};
}

export const updateConnectionStatus: Operation = {
	value: 'updateStatus',
	name: 'Update Status',
	action: 'Update the status of a connection request',
	description: 'Answer a connection request: connected, not found, try again later',
	// Where the answer is lost, the request is read to see whether it is done.
	endpoints: [
		'PUT /api/{version}/common/connectionrequests/{id}',
		'GET /api/{version}/common/connectionrequests/{id}',
	],
	properties: [connectionId, versionField, ...connectionVersions.map(statusField)],
	async execute({ client, parameters }) {
		const version = versionOf(parameters);
		const status = parameters.choice('status', statusesOf(version));
		const id = parameters.text('connectionRequestId');
		return [{ ...(await updateConnectionRequest(client, id, status, { version })) }];
	},
};
