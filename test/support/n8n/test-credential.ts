import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type INodeCredentialsDetails,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { z } from 'zod';
import { createAdditionalData } from './additional-data';
import type { CredentialStore } from './credential-store';
import { addNode, describeHelperNode, registerNodeTypes } from './node-types';

const FAILURE = z.object({
	message: z.string(),
	cause: z
		.object({
			code: z.string().optional(),
			response: z.object({ status: z.number(), statusText: z.string().optional() }).optional(),
		})
		.optional()
		.catch(undefined),
});

/** Presses "Retry" in the dialog of saved credentials; n8n saves new ones before it tests them. */
export async function testCredential(
	store: CredentialStore,
	credential: INodeCredentialsDetails,
): Promise<INodeCredentialTestResult> {
	const { id, name, type } = store.row(credential);
	const { test } = store.typeByName(type);
	const additionalData = createAdditionalData(store);
	const { credentialsHelper } = additionalData;
	const data = await credentialsHelper.getDecrypted(additionalData, credential, type, 'internal');
	if (!test && credentialsHelper.getParentTypes(type).includes('oAuth2Api'))
		return judgeToken(data);
	if (!test) return fail('No testing function found for this credential.');

	const nodeType: INodeType = {
		description: describeHelperNode('n8n-nodes-base.noOp', {
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		}),
	};
	const node = addNode(nodeType, { credentials: { [type]: credential } });
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: registerNodeTypes(nodeType),
	});
	const context = new ExecuteContext(
		workflow,
		node,
		createAdditionalData(store, node.parameters),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const routing = new RoutingNode(context, nodeType, { id, name, type, data });
		return judgeResponse(await routing.runNode(), test);
	} catch (error) {
		return judgeFailure(error, test);
	}
}

/** Without a request to try, n8n only asks whether the account was ever connected. */
function judgeToken({ oauthTokenData }: ICredentialDataDecryptedObject): INodeCredentialTestResult {
	return typeof oauthTokenData === 'object' && 'access_token' in oauthTokenData
		? { status: 'OK', message: 'Connection Successful!' }
		: fail('This OAuth2 credential was not connected to an account.');
}

function judgeResponse(
	output: INodeExecutionData[][] | undefined,
	{ rules = [] }: ICredentialTestRequest,
): INodeCredentialTestResult {
	const body = output?.[0]?.[0]?.json ?? {};
	for (const { type, properties } of rules)
		if (type === 'responseSuccessBody' && body[properties.key] === properties.value)
			return fail(properties.message);
	return { status: 'OK', message: 'Connection successful!' };
}

function judgeFailure(
	error: unknown,
	{ rules = [] }: ICredentialTestRequest,
): INodeCredentialTestResult {
	const { message, cause } = FAILURE.parse(error);
	if (!cause?.response) return fail(cause?.code ?? message);
	const { status, statusText } = cause.response;
	for (const rule of rules)
		if (rule.type === 'responseCode' && rule.properties.value === status)
			return fail(rule.properties.message);
	if (status >= 199 && status <= 299) return fail(message);
	return fail(statusText || `Received HTTP status code: ${status}`);
}

function fail(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
