import { ExternalSecretsProxy } from 'n8n-core';
import {
	UnexpectedError,
	type INodeParameters,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { makeWorkspace } from '../workspace';
import type { CredentialStore } from './credential-store';
import { StoreCredentialsHelper } from './credentials-helper';

// n8n reads its settings when it is first used. It writes a settings file of its own, and would
// write it to the developer's home; binary data stay in the items, as with no other setting.
process.env['N8N_USER_FOLDER'] = makeWorkspace('n8n');
process.env['N8N_LOG_LEVEL'] = 'silent';
process.env['N8N_DEFAULT_BINARY_DATA_MODE'] = 'default';

const BASE_URL = 'http://n8n.test/';

/** What n8n gives to every execution; each call is a worker of its own over the store. */
export function createAdditionalData(
	store: CredentialStore,
	currentNodeParameters?: INodeParameters,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new StoreCredentialsHelper(store),
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		...(currentNodeParameters && { currentNodeParameters }),
		executionId: '1',
		variables: {},
		restApiUrl: `${BASE_URL}rest`,
		instanceBaseUrl: BASE_URL,
		formBaseUrl: `${BASE_URL}form`,
		formWaitingBaseUrl: `${BASE_URL}form-waiting`,
		formTestBaseUrl: `${BASE_URL}form-test`,
		webhookBaseUrl: `${BASE_URL}webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}webhook-test`,
		mcpBaseUrl: `${BASE_URL}mcp`,
		mcpTestBaseUrl: `${BASE_URL}mcp-test`,
		logAiEvent: () => {},
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		executeWorkflow: async () => refuse('sub-workflows'),
		startRunnerTask: async () => refuse('task runners'),
	};
}

function refuse(what: string): never {
	throw new UnexpectedError(`The tests run no ${what}`);
}
