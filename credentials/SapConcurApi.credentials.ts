import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { authorizeRequest, probePath } from './authorize-request';
import { toCredentialError } from './credential-error';
import { addressExpression, customRegion, regionProperties } from './region';
import { renewAccess } from './renew-access';
import { storedAccessProperties, toCredentialData } from './stored-access';

const ROTATION_NOTICE =
	'This token changes as it is used. One n8n keeps it safely; with several n8n workers (queue mode) two may renew it at the same moment: the SAP Concur nodes then read the credential again and go on, other nodes need "Retry On Fail". Where you can choose, take the OAuth2 credential or Client Credentials, which have no such moment.';

/** Signs in to SAP Concur with the grants that need no browser (Authentication page). */
export class SapConcurApi implements ICredentialType {
	name = 'sapConcurApi';

	displayName = 'SAP Concur API';

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
		...regionProperties,
		{
			displayName: 'Trust This Host',
			name: 'trustHost',
			type: 'boolean',
			default: false,
			description:
				'Whether the credential may be sent to this host although it is not an SAP Concur host, such as a gateway of your company. Https only.',
			displayOptions: { show: { region: [customRegion] } },
		},
		{
			displayName: 'Sign In With',
			name: 'grant',
			type: 'options',
			options: [
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'The app itself: suppliers who answer connection requests',
				},
				{
					name: 'Company Request Token',
					value: 'requestToken',
					description: 'A company that has connected the app in its App Center',
				},
				{
					name: 'Refresh Token',
					value: 'refreshToken',
					description: 'A refresh token that you have been given',
				},
				{
					name: 'User Name and Password',
					value: 'password',
					description: 'A single user',
				},
			],
			default: 'clientCredentials',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The ID of your app, as SAP Concur gave it to you',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{
			displayName: 'Company ID',
			name: 'companyId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 5ba9c8d0-6b3f-4d2a-9e55-1f0c7a2b6d11',
			description: 'The UUID of the company, shown together with the request token',
			displayOptions: { show: { grant: ['requestToken'] } },
		},
		{
			displayName: 'Company Request Token',
			name: 'requestToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Valid for 24 hours. The first use exchanges it for a refresh token, which n8n keeps: save and test the credential soon after you got it.',
			displayOptions: { show: { grant: ['requestToken'] } },
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { grant: ['password'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { grant: ['password'] } },
		},
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Where it starts; n8n keeps the newer ones that Concur gives in exchange. Use it nowhere else.',
			displayOptions: { show: { grant: ['refreshToken'] } },
		},
		{
			displayName: ROTATION_NOTICE,
			name: 'rotationNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { grant: ['requestToken', 'refreshToken'] } },
		},
		...storedAccessProperties,
	];

	/** Called by n8n for the first token, after a 401, and by every test of the credential. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		try {
			const access = await renewAccess(credentials, (options) => this.helpers.httpRequest(options));
			return toCredentialData(access);
		} catch (error) {
			throw toCredentialError(error, credentials);
		}
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		try {
			return authorizeRequest(credentials, requestOptions);
		} catch (error) {
			throw toCredentialError(error, credentials);
		}
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${addressExpression('$credentials')} }}`,
			url: probePath,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Concur gave a token but refuses it for its APIs: have the company connect the app again, or ask SAP Concur whether the app may use them.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The sign-in works, but the app lacks the scope: ask SAP Concur for travelrequest.write (Travel Request) or CONREQ (Connection Request).',
				},
			},
		],
	};
}
