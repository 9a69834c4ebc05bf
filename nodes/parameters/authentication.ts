import type {
	INodeCredentialDescription,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { ConfigurationError } from '../../concur/errors';
import { findEntry } from './values/menu';
import { isEmpty } from './values/text';

/** The credential types: also the values of the Authentication parameter. */
export const [formCredential, accountCredential] = ['sapConcurApi', 'sapConcurOAuth2Api'] as const;

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

const signIns = [
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
] as const satisfies readonly INodePropertyOptions[];

export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [...signIns],
	default: formCredential,
};

/** Where n8n knows the parameter of a node, whatever kind of node it is. */
interface AuthenticationContext {
	getNodeParameter(name: string, indexOrAbsent: number): unknown;
}

/**
 * The credential type that the Authentication parameter names.
 * @throws {ConfigurationError} it names none: another account would act in its place.
 */
export function chooseCredential(context: AuthenticationContext): string {
	const value = context.getNodeParameter('authentication', 0);
	// Triggers take the number for what stands for an absent parameter.
	if (isEmpty(value) || value === 0) return formCredential;
	const chosen = findEntry<string>(value, signIns);
	if (chosen) return chosen.value;
	throw new ConfigurationError(
		'INVALID_PARAMETER',
		"The parameter 'Authentication' has a value that is not offered",
		{ advice: `Use one of ${signIns.map((each) => each.value).join(', ')}.` },
	);
}
