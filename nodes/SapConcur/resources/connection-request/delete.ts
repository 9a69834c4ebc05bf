import { deleteConnectionRequest } from '../../../../concur/connection-request/delete-connection-request';
import type { Operation } from '../operation';
import { connectionId } from './parameters';

export const deleteConnection: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a connection request',
	description:
		'Take a connection request away for good. Only version 3.0 knows it, and SAP does not say what the traveler hears of it.',
	endpoints: ['DELETE /api/v3.0/common/connectionrequests/{id}'],
	properties: [connectionId],
	async execute({ client, parameters }) {
		const id = parameters.text('connectionRequestId');
		await deleteConnectionRequest(client, id, { version: '3.0' });
		return [{ deleted: true }];
	},
};
