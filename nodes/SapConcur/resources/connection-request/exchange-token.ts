import type { IDataObject } from 'n8n-workflow';
import type { TokenGrant } from '../../../../concur/auth/token-exchange';
import type { Operation } from '../operation';
import { exchangeByNode } from './exchange-by-node';

export const exchangeToken: Operation = {
	value: 'exchangeToken',
	name: 'Exchange Request Token',
	action: 'Exchange the request token of a connection request',
	description:
		"Trade a traveler's request token, soon after it was read, for the refresh token that is the connection",
	endpoints: ['POST /oauth2/v0/token'],
	properties: [
		{
			displayName:
				'The output holds the tokens of the traveler. Keep them in an encrypted place, and turn off the saving of executions in the settings of this workflow.',
			name: 'secretNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'User ID',
			name: 'connectedUserId',
			type: 'string',
			required: true,
			default: '={{ $json.userId }}',
			description: 'The user ID of the connection request; only version 3.2 gives one',
		},
		{
			displayName: 'Request Token',
			name: 'requestToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '={{ $json.requestToken }}',
			description: "Read it with 'Include Request Token'. It dies within 24 hours.",
		},
		{
			displayName: 'Include Access Token',
			name: 'includeAccessToken',
			type: 'boolean',
			default: false,
			description:
				'Whether to output the first access token too. It is valid for about an hour; the refresh token gives new ones.',
		},
	],
	async execute({ node, parameters }) {
		const userId = parameters.text('connectedUserId');
		const requestToken = parameters.text('requestToken');
		const includeAccessToken = parameters.flag('includeAccessToken');
		const grant = await exchangeByNode(node)({ userId, requestToken });
		return [describeGrant(grant, userId, includeAccessToken)];
	},
};

function describeGrant(
	grant: TokenGrant,
	userId: string,
	includeAccessToken: boolean,
): IDataObject {
	return {
		userId,
		refreshToken: grant.refreshToken ?? null,
		geolocation: grant.geolocation ?? null,
		scope: grant.scope ?? null,
		...(includeAccessToken && {
			accessToken: grant.accessToken,
			accessTokenExpires: new Date(Date.now() + grant.lifetimeMs).toISOString(),
		}),
	};
}
