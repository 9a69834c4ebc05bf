import { PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeCredentials,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IPollFunctions,
} from 'n8n-workflow';
import { createAdditionalData } from './additional-data';
import type { CredentialStore } from './credential-store';
import { addNode, registerNodeTypes } from './node-types';

/**
 * How n8n keeps what a trigger remembers: its engine in memory saves it when items are emitted and
 * loses the rest with the process; durable cursors hand out a copy, which is stored with the items
 * (or alone where there are none) and thrown away when the poll fails.
 */
export const engines = ['memory', 'durable'] as const;

export type PollEngine = (typeof engines)[number];

export interface PollerOptions {
	readonly nodeType: INodeType;
	readonly store: CredentialStore;
	readonly credentials: INodeCredentials;
	readonly engine: PollEngine;
	readonly parameters?: INodeParameters;
}

export interface PollOptions {
	/** What n8n allows the poll, in milliseconds; 'unknown' for an n8n that does not tell. */
	readonly budgetMs?: number | 'unknown';
}

/** One trigger node of an active workflow. */
export interface Poller {
	/** One poll as n8n makes it; the emitted items, or null. Throws what the node throws. */
	poll(options?: PollOptions): Promise<INodeExecutionData[] | null>;
	/** What "Fetch Test Event" shows. */
	fetchTestEvent(): Promise<INodeExecutionData[] | null>;
	/** n8n stops and starts: what was not saved is gone. */
	restart(): void;
	/** The user changes parameters and publishes. */
	change(parameters: INodeParameters): void;
	/** What n8n has in its database. */
	stored(): IDataObject;
	/** Overwrites it, as another version of the node may have done. */
	overwrite(data: IDataObject): void;
}

/** Puts a trigger into an active workflow and polls it through n8n's own context. */
export function openPoller(options: PollerOptions): Poller {
	return new ActivePoller(options);
}

/** n8n's class, fit for this package's stricter reading of optional properties. */
class TestedPollContext extends PollContext {
	override getWorkflow(): { id: string; name: string; active: boolean } {
		const workflow = super.getWorkflow();
		return { ...workflow, name: workflow.name ?? '' };
	}
}

class ActivePoller implements Poller {
	private database = '{}';
	private workflow: Workflow;
	private parameters: INodeParameters;
	/** n8n saves once more when it has activated a workflow, and its first poll is part of that. */
	private isActivating = true;

	constructor(private readonly options: PollerOptions) {
		this.parameters = options.parameters ?? {};
		this.workflow = this.load();
	}

	async poll({ budgetMs }: PollOptions = {}): Promise<INodeExecutionData[] | null> {
		const isDurable = this.options.engine === 'durable';
		const { workflow } = this;
		const snapshot = this.stored();
		const resolve = () =>
			isDurable ? snapshot : workflow.getStaticData('node', this.node(workflow));
		const output = await this.run(this.contextOf('trigger', resolve, budgetMs));
		if (isDurable) this.database = JSON.stringify(snapshot);
		else if (output || this.isActivating) this.database = JSON.stringify(resolve());
		this.isActivating = false;
		return output;
	}

	async fetchTestEvent(): Promise<INodeExecutionData[] | null> {
		const { workflow } = this;
		const data = () => workflow.getStaticData('node', this.node(workflow));
		const before = JSON.stringify(data());
		const output = await this.run(this.contextOf('manual', data, undefined));
		expect(JSON.stringify(data())).toBe(before);
		return output;
	}

	restart(): void {
		this.isActivating = true;
		this.workflow = this.load();
	}

	change(parameters: INodeParameters): void {
		this.parameters = { ...this.parameters, ...parameters };
		this.restart();
	}

	stored(): IDataObject {
		return JSON.parse(this.database) as IDataObject;
	}

	overwrite(data: IDataObject): void {
		this.database = JSON.stringify(data);
		this.restart();
	}

	private async run(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
		const output = await this.options.nodeType.poll?.call(context);
		if (!output) return null;
		// An empty list of items would start an execution with nothing in it.
		expect(output.flat()).not.toHaveLength(0);
		return output[0] ?? null;
	}

	private contextOf(
		mode: 'trigger' | 'manual',
		resolveStaticData: () => IDataObject,
		budgetMs: number | 'unknown' | undefined,
	): IPollFunctions {
		const context = new TestedPollContext(
			this.workflow,
			this.node(this.workflow),
			createAdditionalData(this.options.store),
			mode,
			'init',
			undefined,
			undefined,
			undefined,
			undefined,
			resolveStaticData,
			typeof budgetMs === 'number' ? () => budgetMs : undefined,
		);
		if (budgetMs === 'unknown') Reflect.deleteProperty(context, 'getPollBudgetMs');
		return context;
	}

	private node(workflow: Workflow): INode {
		const node = workflow.getNode(this.options.nodeType.description.name);
		if (!node) throw new Error('The trigger is not in its workflow');
		return node;
	}

	private load(): Workflow {
		const { nodeType, credentials } = this.options;
		const node = addNode(nodeType, { parameters: this.parameters, credentials });
		return new Workflow({
			id: 'workflow',
			name: 'Workflow',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: registerNodeTypes(nodeType),
			settings: { timezone: 'UTC' },
			staticData: { [`node:${node.name}`]: this.stored() },
		});
	}
}
