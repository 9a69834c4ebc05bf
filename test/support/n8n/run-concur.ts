import type { IDataObject, INodeCredentialsDetails, INodeParameters } from 'n8n-workflow';
import { SapConcurApi } from '../../../credentials/SapConcurApi.credentials';
import { SapConcurOAuth2Api } from '../../../credentials/SapConcurOAuth2Api.credentials';
import type { FakeConcur } from '../../../fake-concur';
import { SapConcur } from '../../../nodes/SapConcur/SapConcur.node';
import { followClock } from '../follow-clock';
import { createCredentialStore, type CredentialStore } from './credential-store';
import { expectDeclared } from './declared-endpoints';
import { searchList } from './load-options';
import { runNode, type NodeRun, type NodeRunOptions } from './run-node';

/** n8n with one SAP Concur credential for a fake. */
export interface ConcurBench {
	readonly store: CredentialStore;
	readonly credential: INodeCredentialsDetails;
	/** Runs one operation for each item. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<NodeRunOptions>,
	): Promise<NodeRun>;
	/** Fills one of the node's lists. */
	search(
		method: string,
		options?: {
			readonly parameters?: INodeParameters;
			readonly filter?: string;
			readonly paginationToken?: string;
		},
	): ReturnType<typeof searchList>;
}

/** The fields of a credential that signs in as the company, unless told. */
export function formFor(fake: FakeConcur, fields: IDataObject = {}): IDataObject {
	const { clientId, clientSecret } = fake.credentials;
	return {
		region: 'custom',
		baseUrl: fake.baseUrl,
		grant: 'clientCredentials',
		clientId,
		clientSecret,
		...fields,
	};
}

/** An n8n beside a fake: the node, one credential, and what n8n stores of it. */
export function openBench(fake: FakeConcur, fields: IDataObject = {}): ConcurBench {
	followClock(fake);
	const store = createCredentialStore([new SapConcurApi(), new SapConcurOAuth2Api()]);
	const credential = store.add('sapConcurApi', formFor(fake, fields));
	const nodeType = new SapConcur();
	const credentials = { sapConcurApi: credential };
	return {
		store,
		credential,
		async run(resource, operation, parameters = {}, options = {}) {
			const before = fake.calls.length;
			const run = await runNode({
				nodeType,
				store,
				credentials,
				timezone: 'UTC',
				parameters: { resource, operation, ...parameters },
				...options,
			});
			expectDeclared(resource, operation, fake.calls.slice(before));
			return run;
		},
		search: (method, options = {}) =>
			searchList({
				nodeType,
				store,
				credentials,
				method,
				...options,
				// The editor holds the defaults too.
				parameters: {
					authentication: 'sapConcurApi',
					resource: 'travelRequest',
					operation: 'get',
					...options.parameters,
				},
			}),
	};
}

/** A resource locator's value as n8n stores it. */
export function byId(id: string): INodeParameters {
	return { __rl: true, mode: 'id', value: id };
}

/** The JSON of a run's items; fails the test where the node has failed. */
export function jsonOf(run: NodeRun): IDataObject[] {
	if (run.error) throw new Error(`The node failed: ${run.error.message}`, { cause: run.error });
	return run.items.map((item) => item.json);
}

/** A member of an item that must be text. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	throw new TypeError(`Text was expected, not ${typeof value}.`);
}
