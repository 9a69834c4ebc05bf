import { getAdditionalKeys } from 'n8n-core';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	isExpression,
	jsonParse,
	NodeHelpers,
	UnexpectedError,
	UserError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialRow, CredentialStore } from './credential-store';
import { addNode, describeHelperNode, registerNodeTypes } from './node-types';
import { StoredCredentials } from './stored-credentials';

/** Stands where n8n resolves expressions of credentials that no node asked for. */
const NOBODY = { description: describeHelperNode('mock') };

/**
 * What n8n's own helper does with credentials, over a store in place of its database: the same
 * conditions, the same order of reads and writes, and, like n8n's, no lock around them.
 *
 * Left out are overwrites by the instance, external secrets, dynamic credentials and policies.
 */
export class StoreCredentialsHelper extends ICredentialsHelper {
	constructor(private readonly store: CredentialStore) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		if (!isHttpRequest(request))
			throw new UnexpectedError('The tests authenticate no requests of the deprecated kind');
		const { authenticate } = this.store.typeByName(typeName);
		if (!authenticate) return request;
		if (typeof authenticate === 'function') return authenticate(credentials, request);
		if (!workflow || !node)
			throw new UnexpectedError('Declarative authentication needs a workflow and a node');
		const resolve = (text: unknown) => resolveValue(text, credentials, workflow, node);
		request.headers ??= {};
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const resolved = toPairs(values).map(([key, value]) => [resolve(key), resolve(value)]);
			// Into the objects of the node, as n8n does: a node that reuses them meets its last token.
			const target = Reflect.get(request, part) ?? {};
			Object.assign(request, { [part]: Object.assign(target, Object.fromEntries(resolved)) });
		}
		return request;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.store.typeByName(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || !type.preAuthentication) return undefined;
		const isTest = node.parameters['temp'] === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable] !== '' && !credentialsExpired && !isTest) return undefined;

		const output = await type.preAuthentication.call(
			restrictToDomains(helpers, credentials),
			credentials,
		);
		const details = node.credentials?.[type.name];
		if (output[expirable] === undefined || !details) return undefined;
		const stored = await (await this.getCredentials(details, type.name)).getData();
		const changed = Object.entries(output).filter(
			([key]) => key === expirable || !isExpression(stored[key]),
		);
		this.store.replace(details, { ...stored, ...Object.fromEntries(changed) });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.store.typeByName(typeName);
		if (!preAuthentication) return undefined;
		const output = await preAuthentication.call(
			restrictToDomains(helpers, credentials),
			credentials,
		);
		return isCredentialData(output) ? output : undefined;
	}

	getParentTypes(name: string): string[] {
		const parents = this.store.typeByName(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return new StoredCredentials(this.findRow(details, type));
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		const { name, properties, extends: parents } = this.store.typeByName(typeName);
		if (!parents) return name === 'oAuth2Api' ? [...properties, TOKEN_DATA] : properties;
		const combined: INodeProperties[] = [];
		for (const parent of parents)
			NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(combined, properties);
		return combined;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = jsonParse<INodeParameters>(this.findRow(details, type).json);
		if (raw === true) return asCredentialData(stored);

		const data: INodeParameters =
			NodeHelpers.getNodeParameters(
				this.getCredentialsProperties(type),
				stored,
				true,
				false,
				null,
				null,
			) ?? {};
		for (const key of ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains']) {
			const value = stored[key];
			if (value !== undefined && (key === 'oauthTokenData' || data[key] === undefined))
				data[key] = value;
		}
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (!values) {
			const node = addNode(NOBODY);
			const { expression } = new Workflow({
				nodes: [node],
				connections: {},
				active: false,
				nodeTypes: registerNodeTypes(NOBODY),
			});
			return asCredentialData(
				expression.getComplexParameterValue(node, data, mode, keys, undefined, undefined, data),
			);
		}
		return asCredentialData(
			values.workflow.expression.getParameterValue(
				data,
				values.runExecutionData,
				values.runIndex,
				values.itemIndex,
				values.node.name,
				values.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				data,
			),
		);
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.findRow(details, type);
		this.store.replace(details, data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.findRow(details, type);
		this.store.update(details, { oauthTokenData });
	}

	private findRow(details: INodeCredentialsDetails, type: string): CredentialRow {
		const row = this.store.row(details);
		if (row.type === type) return row;
		throw new UserError(`Credential with ID "${row.id}" does not exist for type "${type}".`);
	}
}

const TOKEN_DATA: INodeProperties = {
	displayName: 'oauthTokenData',
	name: 'oauthTokenData',
	type: 'json',
	required: false,
	default: {},
};

/** A credential that may only reach some domains reaches no others while it renews itself. */
function restrictToDomains(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestHelper {
	const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
	if (allowedDomains === undefined) return { helpers };
	return {
		helpers: {
			httpRequest: async (request) => {
				if (request.allowedDomains !== undefined)
					throw new UserError('This credential restricts requests to specific domains');
				const response: unknown = await helpers.httpRequest({ ...request, allowedDomains });
				return response;
			},
		},
	};
}

function resolveValue(
	text: unknown,
	credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
): unknown {
	if (typeof text !== 'string' || !isExpression(text)) return text;
	const keys = { $credentials: credentials };
	return (
		workflow.expression
			.getSimpleParameterValue(node, text, 'internal', keys, undefined, '')
			?.toString() ?? ''
	);
}

function isHttpRequest(
	request: IHttpRequestOptions | IRequestOptionsSimplified,
): request is IHttpRequestOptions {
	return 'url' in request || 'baseURL' in request;
}

function toPairs(value: unknown): [string, unknown][] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isCredentialData(value: unknown): value is ICredentialDataDecryptedObject & IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asCredentialData(value: unknown): ICredentialDataDecryptedObject {
	if (isCredentialData(value)) return value;
	throw new UnexpectedError('The data of credentials are no object');
}
