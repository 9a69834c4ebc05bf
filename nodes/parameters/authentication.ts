import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { accountCredential, formCredential } from '../transport/open-client';

/** The credentials of every node here, each shown where Authentication names it. */
export const nodeCredentials: INodeCredentialDescription[] = [
	{
		name: formCredential,
		required: true,
		displayOptions: { show: { authentication: [formCredential] } },
	},
	{
		name: accountCredential,
		required: true,
		displayOptions: { show: { authentication: [accountCredential] } },
	},
];

export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{
			name: 'App, Company or User',
			value: formCredential,
			description: 'Client credentials, a company request token, a refresh token or a password',
		},
		{
			name: 'OAuth2',
			value: accountCredential,
			description: 'A person connects their account',
		},
	],
	default: formCredential,
};
