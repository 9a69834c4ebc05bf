import type { INodeProperties } from 'n8n-workflow';
import {
	connectionVersions,
	currentConnectionVersion,
	type ConnectionOptions,
	type ConnectionVersion,
} from '../../../../concur/connection-request/versions';
import { idField, simplify } from '../../../parameters/common';
import { optionsOf } from '../../../parameters/collections';
import type { Parameters } from '../../../parameters/parameters';

const VERSION_NOTES: Readonly<Record<ConnectionVersion, string>> = {
	'3.2': 'The current version, and the only one that names the user',
	'3.1': 'Deprecated by SAP; has e-mail addresses but no user ID',
	'3.0': 'Deprecated by SAP; has neither e-mail addresses nor a user ID',
};

/** The version of the API; the output has the names of 3.2 whichever is chosen. */
export const versionField: INodeProperties = {
	displayName: 'API Version',
	name: 'version',
	type: 'options',
	options: connectionVersions.map((version) => ({
		name: version,
		value: version,
		description: VERSION_NOTES[version],
	})),
	default: currentConnectionVersion,
};

export const connectionId = idField(
	'Connection Request ID',
	'connectionRequestId',
	'The ID of the connection request, as Get Many returns it',
	'cb785d4c-0a5b-4c4f-8e2b-6a4d3f1e2c7d',
);

/** What the outputs of Get and Get Many may hold. */
export const outputFields: readonly INodeProperties[] = [
	simplify,
	optionsOf([
		{
			displayName: 'Include Request Token',
			name: 'includeRequestToken',
			type: 'boolean',
			default: false,
			description:
				'Whether to output the request token, which Exchange Request Token needs. It is a credential that n8n then stores with the execution: do not save executions of this workflow.',
		},
		{
			displayName: 'Raw Output',
			name: 'raw',
			type: 'boolean',
			default: false,
			description:
				"Whether to return what Concur sent, with the names of its version, instead of one shape for all versions. Overrides 'Simplify'.",
		},
	]),
];

/** The version that a call of the node is to use. */
export function versionOf(parameters: Parameters): ConnectionVersion {
	return parameters.choice('version', connectionVersions);
}

/** How Get and Get Many are to read. */
export interface ReadChoice {
	readonly options: ConnectionOptions & { readonly includeRequestToken: boolean };
	readonly raw: boolean;
	readonly simplify: boolean;
}

export function readChoice(parameters: Parameters): ReadChoice {
	const chosen = parameters.fields('options');
	const includeRequestToken = chosen.flag('includeRequestToken');
	return {
		options: { version: versionOf(parameters), includeRequestToken },
		raw: chosen.flag('raw'),
		simplify: parameters.flag('simplify'),
	};
}
