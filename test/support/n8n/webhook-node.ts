import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	UnexpectedError,
	Workflow,
	type IDataObject,
	type INodeCredentials,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWebhookDescription,
	type IWorkflowExecuteAdditionalData,
	type WebhookSetupMethodNames,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData } from './additional-data';
import type { CredentialStore } from './credential-store';
import { addNode, registerNodeTypes } from './node-types';

export interface WebhookBenchOptions {
	readonly nodeType: INodeType;
	readonly store: CredentialStore;
	readonly credentials?: INodeCredentials;
	readonly parameters?: INodeParameters;
	readonly workflowId?: string;
}

/** What n8n answered to a delivery. */
export interface WebhookAnswer {
	readonly status: number;
	readonly body: string;
}

/** A workflow with one webhook trigger in an n8n of its own, which really listens on loopback. */
export class WebhookBench {
	/** The JSON of the items that each execution was started with. */
	readonly executions: IDataObject[][] = [];
	/** So many executions cannot be started, as when n8n's database is away. */
	failingStarts = 0;
	/** How long n8n takes to start an execution. */
	startMs = 0;
	/** What n8n's database has of the workflow's static data. */
	savedStaticData = '{}';
	parameters: INodeParameters;
	#nodeType: INodeType;
	#origin: string;
	#testStaticData = '{}';

	private constructor(
		private readonly server: Server,
		private readonly options: WebhookBenchOptions,
	) {
		this.#nodeType = options.nodeType;
		this.parameters = options.parameters ?? {};
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		this.#origin = `http://127.0.0.1:${port}`;
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			this.#handle(request, response).catch((error: unknown) => {
				response.statusCode = 500;
				response.end(error instanceof Error ? error.stack : String(error));
			});
		});
	}

	static async open(options: WebhookBenchOptions): Promise<WebhookBench> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
		return new WebhookBench(server, options);
	}

	/** The address under which Concur reaches the trigger. */
	get url(): string {
		return this.#urlOf('webhook');
	}

	get testUrl(): string {
		return this.#urlOf('webhook-test');
	}

	/** n8n gets another public address; the old one goes on working. */
	moveTo(origin: string): void {
		this.#origin = origin;
	}

	/** Another process of n8n takes over, with its own modules and the same database. */
	restart(nodeType: INodeType): void {
		this.#nodeType = nodeType;
	}

	/** Publishes the workflow: creates the webhook unless it exists. True where it was created. */
	async activate(): Promise<boolean> {
		return this.#createIfMissing('trigger', 'activate', false);
	}

	/** Takes the workflow back. */
	async deactivate(): Promise<void> {
		await this.runHook('delete', 'internal', 'update');
	}

	/** Presses "Listen for test event". */
	async listen(): Promise<boolean> {
		this.#testStaticData = '{}';
		return this.#createIfMissing('manual', 'manual', true);
	}

	async stopListening(): Promise<void> {
		await this.runHook('delete', 'internal', 'update', true);
	}

	/** Runs one of the node's webhook methods and saves the static data, as n8n does. */
	async runHook(
		method: WebhookSetupMethodNames,
		mode: WorkflowExecuteMode = 'trigger',
		activation: WorkflowActivateMode = 'activate',
		isTest = false,
	): Promise<boolean> {
		const workflow = this.#openWorkflow(this.#staticDataOf(isTest));
		const node = this.#nodeOf(workflow);
		const additionalData = this.#additionalData();
		const webhook = this.#webhookData(additionalData, isTest);
		const run = this.#nodeType.webhookMethods?.default?.[method];
		if (!run) throw new UnexpectedError(`The node has no webhook method "${method}"`);
		const context = new ActivationContext(
			workflow,
			node,
			additionalData,
			mode,
			activation,
			webhook,
		);
		const result = await run.call(context);
		this.#save(workflow, isTest);
		return result;
	}

	/** Sends a request to the trigger's address. */
	async post(
		body: string | Uint8Array,
		headers: Readonly<Record<string, string>> = {},
		url = this.url,
	): Promise<WebhookAnswer> {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', connection: 'close', ...headers },
			body: Buffer.from(body),
		});
		return { status: response.status, body: await response.text() };
	}

	async close(): Promise<void> {
		await new Promise((resolve) => {
			this.server.close(resolve);
			this.server.closeAllConnections();
		});
	}

	async #createIfMissing(
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest: boolean,
	): Promise<boolean> {
		if (await this.runHook('checkExists', mode, activation, isTest)) return false;
		return this.runHook('create', mode, activation, isTest);
	}

	/** n8n's LiveWebhooks and executeWebhook, with an execution that only notes its items. */
	async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const rawBody = await readBody(request);
		const body = parseBody(request, rawBody);
		if (body === undefined) {
			response.writeHead(422).end('{"message":"Failed to parse request body"}');
			return;
		}
		Object.assign(request, { rawBody, body, params: {}, query: {} });
		const isTest = request.url?.startsWith('/webhook-test/') === true;
		const staticData = this.#staticDataOf(isTest);
		const workflow = this.#openWorkflow(staticData);
		const additionalData = Object.assign(this.#additionalData(), {
			httpRequest: request,
			httpResponse: response,
		});
		const context = new DeliveryContext(
			workflow,
			this.#nodeOf(workflow),
			additionalData,
			isTest ? 'manual' : 'webhook',
			this.#webhookData(additionalData, isTest),
			[],
			null,
		);
		const result = await this.#nodeType.webhook?.call(context);
		if (result?.workflowData) {
			// As n8n does in WorkflowRunner.run: it takes back the mark that the data have changed.
			this.#openWorkflow(staticData);
			await this.#start(result.workflowData[0] ?? []);
		}
		// Only now, and not where the start has failed.
		this.#save(workflow, isTest);
		if (result?.noWebhookResponse !== true) response.writeHead(200).end();
	}

	async #start(items: readonly INodeExecutionData[]): Promise<void> {
		// The least that n8n's database takes.
		await wait(Math.max(5, this.startMs));
		if (this.failingStarts > 0) {
			this.failingStarts--;
			throw new UnexpectedError('The execution could not be started');
		}
		this.executions.push(items.map(({ json }) => json));
	}

	/** Tests begin with nothing, and what they store is gone when they end. */
	#staticDataOf(isTest: boolean): IDataObject {
		return JSON.parse(isTest ? this.#testStaticData : this.savedStaticData) as IDataObject;
	}

	#openWorkflow(staticData: IDataObject): Workflow {
		const { credentials, workflowId = 'workflow' } = this.options;
		const node = addNode(this.#nodeType, {
			webhookId: '7f0c1b1e-6f0e-4b39-8f0a-6d7d2b8f2c11',
			parameters: this.parameters,
			...(credentials && { credentials }),
		});
		return new Workflow({
			id: workflowId,
			name: 'Workflow',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: registerNodeTypes(this.#nodeType),
			staticData,
		});
	}

	#nodeOf(workflow: Workflow) {
		const node = workflow.getNode(this.#nodeType.description.name);
		if (!node) throw new UnexpectedError('The workflow has lost its node');
		return node;
	}

	#save(workflow: Workflow, isTest: boolean): void {
		if (workflow.staticData['__dataChanged'] !== true) return;
		const saved = JSON.stringify(workflow.staticData);
		if (isTest) this.#testStaticData = saved;
		else this.savedStaticData = saved;
	}

	#additionalData(): IWorkflowExecuteAdditionalData {
		return {
			...createAdditionalData(this.options.store),
			webhookBaseUrl: `${this.#origin}/webhook`,
			webhookTestBaseUrl: `${this.#origin}/webhook-test`,
		};
	}

	#webhookData(additionalData: IWorkflowExecuteAdditionalData, isTest: boolean): IWebhookData {
		const description = this.#description();
		return {
			httpMethod: 'POST',
			node: this.#nodeType.description.name,
			path: description.path,
			webhookDescription: description,
			workflowId: this.options.workflowId ?? 'workflow',
			workflowExecuteAdditionalData: additionalData,
			isTest,
		};
	}

	#description(): IWebhookDescription {
		const description = this.#nodeType.description.webhooks?.[0];
		if (!description) throw new UnexpectedError('The node has no webhook');
		return description;
	}

	#urlOf(kind: string): string {
		return `${this.#origin}/${kind}/7f0c1b1e-6f0e-4b39-8f0a-6d7d2b8f2c11/${this.#description().path}`;
	}
}

/** n8n's classes, fit for this package's stricter reading of optional properties. */
class ActivationContext extends HookContext {
	override getWorkflow(): { id: string; name: string; active: boolean } {
		return named(super.getWorkflow());
	}
}

class DeliveryContext extends WebhookContext {
	override getWorkflow(): { id: string; name: string; active: boolean } {
		return named(super.getWorkflow());
	}
}

function named<T extends { name?: string | undefined }>(workflow: T): T & { name: string } {
	return { ...workflow, name: workflow.name ?? '' };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** What n8n has parsed before the node is asked; undefined where it refuses the request itself. */
function parseBody(request: IncomingMessage, body: Buffer): unknown {
	const isJson = request.headers['content-type']?.startsWith('application/json') === true;
	if (!isJson || body.length === 0) return {};
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
