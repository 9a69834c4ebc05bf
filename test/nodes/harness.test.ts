import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { z } from 'zod';
import { createCredentialStore, type CredentialStore } from '../support/n8n/credential-store';
import { loadOptions, searchList } from '../support/n8n/load-options';
import { describeHelperNode } from '../support/n8n/node-types';
import { runNode, type NodeRunOptions } from '../support/n8n/run-node';
import { testCredential } from '../support/n8n/test-credential';

/** A service that hands out numbered tokens. */
class TokenService {
	private readonly server: Server;
	private readonly late: (() => void)[] = [];
	readonly paths: string[] = [];
	issued = 0;
	/** Tokens up to this number have expired. */
	expired = 0;
	refusing = false;
	/** As many workers must ask for a token before the first gets one. */
	crowd = 1;
	/** Told of requests for `/slow`, which are never answered. */
	onSlow: (request: IncomingMessage) => void = () => {};

	constructor() {
		this.server = createServer((request, response) => this.answer(request, response));
	}

	async start(): Promise<void> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
	}

	async stop(): Promise<void> {
		this.server.close();
		this.server.closeAllConnections();
		await once(this.server, 'close');
	}

	get url(): string {
		const address = this.server.address();
		if (typeof address !== 'object' || !address) throw new Error('The service is not running');
		return `http://127.0.0.1:${address.port}`;
	}

	private answer(request: IncomingMessage, response: ServerResponse): void {
		const path = request.url ?? '';
		this.paths.push(path);
		if (path === '/slow') this.onSlow(request);
		else if (path === '/token') this.answerToCrowd(() => this.issue(response));
		else this.answerToken(path, request.headers.authorization ?? '', response);
	}

	private answerToCrowd(answer: () => void): void {
		this.late.push(answer);
		if (this.late.length >= this.crowd) for (const each of this.late.splice(0)) each();
	}

	private issue(response: ServerResponse): void {
		if (this.refusing) send(response, 400, { error: 'invalid_grant' });
		else send(response, 200, { access_token: `token-${++this.issued}`, token_type: 'bearer' });
	}

	private answerToken(path: string, authorization: string, response: ServerResponse): void {
		const token = Number(authorization.replace(/^Bearer token-/i, ''));
		if (!(token > this.expired && token <= this.issued)) send(response, 401, { error: 'expired' });
		else if (path === '/missing') send(response, 404, { error: 'missing' });
		else send(response, 200, { path, authorization });
	}
}

function send(response: ServerResponse, status: number, body: IDataObject): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const TEXT = z.string();

class TokenApi implements ICredentialType {
	name = 'tokenApi';
	displayName = 'Token API';
	properties: INodeProperties[] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
		{ displayName: 'Home', name: 'home', type: 'hidden', default: '={{$self["url"]}}/home' },
	];
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
	};
	test: ICredentialTestRequest = {
		request: { url: '={{$credentials.home}}' },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: 'The service knows no token' } },
		],
	};

	async preAuthentication(
		this: IHttpRequestHelper,
		{ url }: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		try {
			const request: IHttpRequestOptions = {
				method: 'POST',
				baseURL: TEXT.parse(url),
				url: '/token',
			};
			const token: IDataObject = await this.helpers.httpRequest(request);
			return { accessToken: token['access_token'] };
		} catch {
			throw new Error('The service gave no token');
		}
	}
}

class TokenOAuth2Api implements ICredentialType {
	name = 'tokenOAuth2Api';
	displayName = 'Token OAuth2 API';
	extends = ['oAuth2Api'];
	properties: INodeProperties[] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{$self["url"]}}/token',
		},
	];
}

/** Gets one path per item. */
class GetNode implements INodeType {
	description = describeHelperNode('get', {
		credentials: [
			{ name: 'tokenApi', displayOptions: { show: { authentication: ['tokenApi'] } } },
			{ name: 'tokenOAuth2Api', displayOptions: { show: { authentication: ['tokenOAuth2Api'] } } },
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
					{ name: 'Token', value: 'tokenApi' },
					{ name: 'OAuth2', value: 'tokenOAuth2Api' },
				],
				default: 'tokenApi',
			},
			{ displayName: 'Path', name: 'path', type: 'string', default: '/default', required: true },
		],
	});
	methods = {
		loadOptions: {
			async paths(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const path = TEXT.parse(this.getCurrentNodeParameter('path'));
				return [{ name: path, value: path }];
			},
		},
		listSearch: {
			async search(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				const { url } = await this.getCredentials<{ url: string }>('tokenApi');
				const current = TEXT.parse(this.getCurrentNodeParameter('path'));
				const path = [current, filter, paginationToken].join('-');
				await this.helpers.httpRequestWithAuthentication.call(this, 'tokenApi', {
					url: url + path,
				});
				return { results: [{ name: path, value: path }], paginationToken: 'more' };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const type = TEXT.parse(this.getNodeParameter('authentication', item));
			const path = TEXT.parse(this.getNodeParameter('path', item));
			try {
				const { url } = await this.getCredentials<{ url: string }>(type, item);
				const request = this.helpers.httpRequestWithAuthentication;
				const json: IDataObject = await request.call(this, type, { url: url + path });
				output.push({ json: { ...json, zone: this.getTimezone() }, pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: String(error) }, pairedItem: { item } });
			}
		}
		this.addExecutionHints({ message: 'All is well' });
		return [output];
	}
}

let service: TokenService;
let store: CredentialStore;

beforeEach(async () => {
	service = new TokenService();
	await service.start();
	store = createCredentialStore([new TokenApi(), new TokenOAuth2Api()]);
});

afterEach(() => service.stop());

/** Runs the node with new credentials, unless told to use others. */
function get(
	parameters: INodeParameters,
	{
		credential = store.add('tokenApi', { url: service.url }),
		...options
	}: Partial<NodeRunOptions> & { credential?: ReturnType<CredentialStore['add']> } = {},
) {
	const type = store.row(credential).type;
	return runNode({
		nodeType: new GetNode(),
		store,
		credentials: { [type]: credential },
		parameters: { authentication: type, ...parameters },
		...options,
	});
}

describe('parameters', () => {
	it('are resolved for every item, and fall back to their defaults', async () => {
		const run = await get({ path: '=/{{ $json.x }}' }, { items: [{ x: 1 }, { x: 2 }] });
		expect(run).toMatchObject({ status: 'success', error: undefined });
		expect(run.items.map(({ json, pairedItem }) => [json['path'], pairedItem])).toEqual([
			['/1', { item: 0 }],
			['/2', { item: 1 }],
		]);
		expect((await get({})).items[0]?.json['path']).toBe('/default');
	});

	it('that are missing keep the workflow from starting', async () => {
		await expect(get({ path: '' })).rejects.toThrow('has issues');
	});

	it('come with the time zone of the workflow, and "Execute Once" with one item', async () => {
		const run = await get({}, { timezone: 'Asia/Tokyo', executeOnce: true, items: [{}, {}] });
		expect(run.items.map(({ json }) => json['zone'])).toEqual(['Asia/Tokyo']);
	});
});

describe('credentials', () => {
	it('get a token at their first use, which the next run finds', async () => {
		const credential = store.add('tokenApi', { url: service.url });
		await get({}, { credential });
		expect(store.read(credential)).toEqual({ url: service.url, accessToken: 'token-1' });
		await get({}, { credential });
		expect(service.issued).toBe(1);
	});

	it('are renewed once after a 401, and the request is sent again', async () => {
		const credential = store.add('tokenApi', { url: service.url, accessToken: 'token-0' });
		const run = await get({}, { credential });
		expect(run.items[0]?.json['authorization']).toBe('Bearer token-1');
		expect(service.paths).toEqual(['/default', '/token', '/default']);
		expect(store.read(credential)['accessToken']).toBe('token-1');
	});

	it('are read anew by every worker on the store', async () => {
		const credential = store.add('tokenApi', { url: 'http://127.0.0.1:1' });
		store.update(credential, { url: service.url });
		service.crowd = 2;
		const runs = await Promise.all([get({}, { credential }), get({}, { credential })]);
		// n8n keeps no lock around preAuthentication: each worker gets a token, and the last one stays.
		expect(runs.map(({ items }) => items[0]?.json['authorization']).sort()).toEqual([
			'Bearer token-1',
			'Bearer token-2',
		]);
		expect(store.read(credential)['accessToken']).toMatch(/^token-[12]$/);
	});

	it('of OAuth2 are refreshed once for all, under n8n’s lock', async () => {
		const credential = store.add('tokenOAuth2Api', {
			url: service.url,
			grantType: 'authorizationCode',
			clientId: 'id',
			clientSecret: 'secret',
			oauthTokenData: { access_token: 'token-0', refresh_token: 'refresh', geolocation: 'kept' },
		});
		const runs = await Promise.all([get({}, { credential }), get({}, { credential })]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(service.issued).toBe(1);
		expect(store.read(credential)['oauthTokenData']).toMatchObject({
			access_token: 'token-1',
			refresh_token: 'refresh',
			geolocation: 'kept',
		});
	});

	it('of OAuth2 can be client credentials, without any token at first', async () => {
		const credential = store.add('tokenOAuth2Api', {
			url: service.url,
			grantType: 'clientCredentials',
			clientId: 'id',
			clientSecret: 'secret',
		});
		expect((await get({}, { credential })).error).toBeUndefined();
		expect(store.read(credential)['oauthTokenData']).toMatchObject({ access_token: 'token-1' });
	});
});

describe('failures', () => {
	it('end the run with the node’s error', async () => {
		const run = await get({ path: '/missing' });
		expect(run).toMatchObject({ status: 'error', items: [] });
		expect(run.error).toMatchObject({ httpCode: '404', node: { name: 'get' } });
	});

	it('become items if the node continues on fail', async () => {
		const run = await get(
			{ path: '={{ $json.path }}' },
			{ items: [{ path: '/missing' }, { path: '/there' }], onError: 'continueRegularOutput' },
		);
		expect(run.status).toBe('success');
		expect(run.items.map(({ json }) => json['path'] ?? json['error'])).toEqual([
			expect.stringContaining('could not be found'),
			'/there',
		]);
	});

	it('go to the second output if the node says so', async () => {
		const run = await get({ path: '/missing' }, { onError: 'continueErrorOutput' });
		expect(run.outputs.map((output) => output.length)).toEqual([0, 1]);
	});

	it('of the network keep their code', async () => {
		const credential = store.add('tokenApi', { url: 'http://127.0.0.1:1', accessToken: 'x' });
		const { error } = await get({}, { credential });
		expect(error).toMatchObject({ httpCode: 'ECONNREFUSED' });
	});
});

it('passes on the node’s hints', async () => {
	expect((await get({})).hints).toEqual([{ message: 'All is well' }]);
});

it('aborts the request in flight when the execution is cancelled', async () => {
	const asked = new Promise<IncomingMessage>((resolve) => (service.onSlow = resolve));
	const controller = new AbortController();
	const running = get({ path: '/slow' }, { signal: controller.signal });
	const request = await asked;
	const closed = once(request.socket, 'close');
	controller.abort();
	await closed;
	expect((await running).status).toBe('canceled');
});

it('searches lists as the editor does', async () => {
	const credential = store.add('tokenApi', { url: service.url });
	const found = await searchList({
		nodeType: new GetNode(),
		store,
		method: 'search',
		credentials: { tokenApi: credential },
		parameters: { authentication: 'tokenApi', path: '/list' },
		filter: 'a',
		paginationToken: 'b',
	});
	expect(found).toEqual({
		results: [{ name: '/list-a-b', value: '/list-a-b' }],
		paginationToken: 'more',
	});
});

it('loads options as the editor does', async () => {
	const options = { nodeType: new GetNode(), store, method: 'paths', parameters: { path: '/now' } };
	expect(await loadOptions(options)).toEqual([{ name: '/now', value: '/now' }]);
});

describe('the test of credentials', () => {
	it('gets a new token even if there is one, and keeps it', async () => {
		const credential = store.add('tokenApi', { url: service.url, accessToken: 'old' });
		expect(await testCredential(store, credential)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(store.read(credential)['accessToken']).toBe('token-1');
	});

	it('says what preAuthentication threw', async () => {
		service.refusing = true;
		const credential = store.add('tokenApi', { url: service.url });
		expect(await testCredential(store, credential)).toEqual({
			status: 'Error',
			message: 'The service gave no token',
		});
	});

	it('says what its rules say of an answer', async () => {
		service.expired = 9;
		const credential = store.add('tokenApi', { url: service.url });
		expect(await testCredential(store, credential)).toEqual({
			status: 'Error',
			message: 'The service knows no token',
		});
	});

	it('of OAuth2 asks for a connected account', async () => {
		const credential = store.add('tokenOAuth2Api', { url: service.url });
		expect(await testCredential(store, credential)).toEqual({
			status: 'Error',
			message: 'This OAuth2 credential was not connected to an account.',
		});
	});
});
