import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { authorizeAddress, tokenAddress } from './oauth2-addresses';
import { regionProperties } from './region';

/**
 * "Connect my account": a person signs in at SAP Concur. n8n renews its tokens under a lock that
 * spans all workers, and keeps the geolocation that comes with them.
 */
export class SapConcurOAuth2Api implements ICredentialType {
	name = 'sapConcurOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'SAP Concur OAuth2 API';

	icon = {
		light: 'file:../nodes/icons/sapConcur.svg',
		dark: 'file:../nodes/icons/sapConcur.dark.svg',
	} as const;

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-sap-concur#credentials';

	httpRequestNode = {
		name: 'SAP Concur',
		docsUrl: 'https://developer.concur.com/api-reference/',
		apiBaseUrl: 'https://us2.api.concursolutions.com/',
	};

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		...regionProperties,
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: authorizeAddress,
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: tokenAddress,
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: 'travelrequest.write',
			description:
				'Separated by spaces, and each granted to your app by SAP Concur. Travel Request needs travelrequest.write; the user list identity.user.ids.read and identity.user.core.read.',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		// n8n asks for these two where a type has none; the hosts are not a matter of choice here.
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'domains',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'hidden',
			default: '*.api.concursolutions.com, cn.api.concurcdc.cn, localhost, 127.0.0.1',
		},
	];
}
