import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readExecution, STORED_EXECUTION, type Execution, type Item } from './execution';
import { N8nHttp, N8nHttpError } from './n8n-http';
import { keptSession, type Session } from './session';
import { completeNodes, type CredentialReference, type WorkflowSketch } from './workflow';

const CREDENTIAL = z.object({ id: z.string(), name: z.string(), type: z.string() });
const TEST_RESULT = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });
const WORKFLOW = z.object({ id: z.string(), name: z.string(), versionId: z.string() });
const PUBLICATION = z.object({
	status: z.string(),
	triggers: z.array(z.object({ errorMessage: z.string().nullable() })),
});
const STARTED = z.object({ executionId: z.string() });
const EXECUTIONS = z.object({ results: z.array(z.object({ id: z.string() })) });
const NODE_TYPES = z.array(z.object({ name: z.string(), displayName: z.string() }).passthrough());
const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);
const POLL_MS = 150;

export type StoredWorkflow = z.infer<typeof WORKFLOW>;
export type CredentialTestResult = z.infer<typeof TEST_RESULT>;

/** What a person does in n8n's editor, without the editor. */
export class N8nApi {
	readonly http: N8nHttp;

	constructor(session: Session = keptSession()) {
		this.http = new N8nHttp(session);
	}

	/** Installs a community package the way the settings page does. */
	async installPackage(name: string, version: string): Promise<void> {
		await this.http.call(z.unknown(), 'POST', '/community-packages', { name, version });
	}

	/** The descriptions of all node types, as the editor loads them. */
	async nodeTypes() {
		return NODE_TYPES.parse(JSON.parse(await this.http.text('GET', '/types/nodes.json')));
	}

	async credentialTypes() {
		return NODE_TYPES.parse(JSON.parse(await this.http.text('GET', '/types/credentials.json')));
	}

	async createCredential(
		type: string,
		name: string,
		data: Readonly<Record<string, unknown>>,
	): Promise<CredentialReference> {
		const created = await this.http.call(CREDENTIAL, 'POST', '/credentials', { type, name, data });
		return { id: created.id, name: created.name };
	}

	/** The green or red line of the credential's dialog. */
	async testCredential(credential: CredentialReference): Promise<CredentialTestResult> {
		const stored = z.object({ data: z.unknown() }).merge(CREDENTIAL);
		const path = `/credentials/${credential.id}?includeData=true`;
		const { id, name, type, data } = await this.http.call(stored, 'GET', path);
		return this.http.call(TEST_RESULT, 'POST', '/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	async createWorkflow(sketch: WorkflowSketch): Promise<StoredWorkflow> {
		return this.http.call(WORKFLOW, 'POST', '/workflows', {
			settings: { executionOrder: 'v1' },
			...sketch,
			nodes: completeNodes(sketch.nodes),
		});
	}

	/** Runs a stored workflow from one of its triggers and waits for its end. */
	async runStored(workflow: { readonly id: string }, trigger: string): Promise<Execution> {
		const started = await this.http.call(STARTED, 'POST', `/workflows/${workflow.id}/run`, {
			triggerToStartFrom: { name: trigger },
		});
		return this.waitForExecution(started.executionId);
	}

	/** Stores a workflow and runs it from its first node. */
	async runWorkflow(sketch: WorkflowSketch): Promise<Execution> {
		const workflow = await this.createWorkflow(sketch);
		return this.runStored(workflow, sketch.nodes[0]?.name ?? '');
	}

	/** Runs a workflow whose settings save no executions, and waits until nothing is left of it. */
	async runUnsaved(
		sketch: WorkflowSketch,
		trigger = sketch.nodes[0]?.name ?? '',
		withinMs = 60_000,
	): Promise<void> {
		const settings = {
			executionOrder: 'v1',
			saveManualExecutions: false,
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
		};
		const workflow = await this.createWorkflow({ ...sketch, settings });
		const { executionId } = await this.http.call(STARTED, 'POST', `/workflows/${workflow.id}/run`, {
			triggerToStartFrom: { name: trigger },
		});
		const deadline = Date.now() + withinMs;
		while (await this.exists(executionId)) {
			if (Date.now() > deadline) throw new Error(`Execution ${executionId} was saved`);
			await sleep(POLL_MS);
		}
	}

	/** Publishes a workflow: from now on its triggers and webhooks start it. */
	async activate({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.http.call(z.unknown(), 'POST', `/workflows/${id}/activate`, { versionId });
		await this.untilPublication(id, 'published');
	}

	async deactivate({ id }: { readonly id: string }): Promise<void> {
		await this.http.call(z.unknown(), 'POST', `/workflows/${id}/deactivate`);
		await this.untilPublication(id, 'not_published');
	}

	/** Waits until a published workflow has been started that often; the oldest comes first. */
	async waitForExecutions(
		workflow: StoredWorkflow,
		count: number,
		withinMs = 60_000,
	): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const deadline = Date.now() + withinMs;
		for (;;) {
			const { results } = await this.http.call(EXECUTIONS, 'GET', `/executions?filter=${filter}`);
			if (results.length >= count)
				return Promise.all(results.reverse().map(({ id }) => this.waitForExecution(id)));
			if (Date.now() > deadline)
				throw new Error(`${workflow.name} ran ${results.length} times, not ${count}`);
			await sleep(POLL_MS);
		}
	}

	/** The bytes of a file that an item carries. */
	async readFile(item: Item | undefined, property = 'data'): Promise<Buffer> {
		const file = item?.binary?.[property];
		if (file === undefined) throw new Error(`The item carries no file in ${property}`);
		if (file.id === undefined) return Buffer.from(file.data, 'base64');
		const query = new URLSearchParams({ id: file.id, action: 'download' });
		return this.http.bytes('GET', `/rest/binary-data?${query.toString()}`);
	}

	async waitForExecution(id: string, withinMs = 90_000): Promise<Execution> {
		const deadline = Date.now() + withinMs;
		for (;;) {
			const stored = await this.http.call(STORED_EXECUTION, 'GET', `/executions/${id}`);
			if (!UNFINISHED.has(stored.status)) return readExecution(stored);
			if (Date.now() > deadline) throw new Error(`Execution ${id} is still ${stored.status}`);
			await sleep(POLL_MS);
		}
	}

	private async exists(executionId: string): Promise<boolean> {
		try {
			const path = `/executions/${executionId}`;
			// An execution that is gone is answered with nothing, or not at all.
			return (await this.http.call(z.unknown(), 'GET', path)) !== undefined;
		} catch (error) {
			if (error instanceof N8nHttpError && error.status === 404) return false;
			throw error;
		}
	}

	/** n8n answers before the triggers are set up or taken down, which a queue of its own does. */
	private async untilPublication(id: string, wanted: string, withinMs = 30_000): Promise<void> {
		const deadline = Date.now() + withinMs;
		for (;;) {
			const path = `/workflows/${id}/publication-status`;
			const { status, triggers } = await this.http.call(PUBLICATION, 'GET', path);
			if (status === wanted) return;
			const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
			if (reasons.length > 0 || Date.now() > deadline)
				throw new Error(`Workflow ${id} is ${status}, not ${wanted}. ${reasons.join(' ')}`);
			await sleep(POLL_MS);
		}
	}
}
