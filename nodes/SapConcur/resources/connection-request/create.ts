import { createConnectionRequest } from '../../../../concur/connection-request/create-connection-request';
import type { Operation } from '../operation';
import { versionField, versionOf } from './parameters';

export const createConnection: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a connection request',
	description: 'Make a connection request for a user, for tests and certification',
	endpoints: ['POST /api/{version}/common/connectionrequests'],
	properties: [
		{
			displayName: 'Login ID',
			name: 'loginId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ada.lovelace@example.com',
			description: 'The login of the Concur user who is to be connected',
		},
		versionField,
	],
	async execute({ client, parameters }) {
		const version = versionOf(parameters);
		return [
			{ ...(await createConnectionRequest(client, parameters.text('loginId'), { version })) },
		];
	},
};
