import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';
import { dataCenters, dataCenterUrl } from '../concur/data-centers';
import { parseBaseUrl, type HostRules } from '../concur/hosts';

/** The region value that stands for an address of the user's own. */
export const customRegion = 'custom';

/** Where the company or app lives: the same two questions in every Concur credential. */
export const regionProperties: INodeProperties[] = [
	{
		displayName: 'Region',
		name: 'region',
		type: 'options',
		options: [
			...dataCenters.map(({ label, name }) => ({ name, value: label })),
			{ name: 'Other Address', value: customRegion },
		],
		default: 'us2',
		description:
			'The data center of your SAP Concur company. If you are not sure, take the nearest: Concur says where the account lives, and the credential goes there.',
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://us2.api.concursolutions.com',
		description:
			'The API address of the data center, without a path. Plain http is for this machine only, such as the fake Concur.',
		displayOptions: { show: { region: [customRegion] } },
	},
];

/**
 * The same address as the text of an n8n expression, for the fields that n8n itself evaluates.
 * @param form how the expression names the credential: `$self` or `$credentials`.
 */
export function addressExpression(form: string): string {
	const custom = `(${form}["baseUrl"] || "").trim().replace(/\\/$/, "")`;
	const known = `"${dataCenterUrl(`" + ${form}["region"] + "`)}"`;
	return `(${form}["region"] === "${customRegion}" ? ${custom} : ${known})`;
}

/** The address that a credential's region stands for, checked. */
export interface CredentialBase {
	readonly baseUrl: string;
	readonly rules: HostRules;
}

/**
 * The base address of a credential.
 * @throws {ConfigurationError} `INVALID_BASE_URL` or `HOST_NOT_ALLOWED`.
 */
export function readBase(data: ICredentialDataDecryptedObject): CredentialBase {
	const region = textOf(data, 'region');
	const typed = textOf(data, 'baseUrl').trim();
	const address = region === customRegion ? typed : dataCenterUrl(region);
	const rules: HostRules =
		data['trustHost'] === true ? { allowHosts: [hostOf(address)].filter(Boolean) } : {};
	return { baseUrl: parseBaseUrl(address, rules), rules };
}

/** A text field of a credential, empty where it is absent. */
export function textOf(data: ICredentialDataDecryptedObject, name: string): string {
	const value = data[name];
	return typeof value === 'string' ? value : '';
}

function hostOf(address: string): string {
	return URL.canParse(address) ? new URL(address).host : '';
}
