import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ExecutionError,
	type ExecutionStatus,
	type IConnections,
	type IDataObject,
	type INodeCredentials,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';
import { createAdditionalData } from './additional-data';
import type { CredentialStore } from './credential-store';
import { addNode, registerNodeTypes, StartNode } from './node-types';

export interface NodeRunOptions {
	readonly nodeType: INodeType;
	readonly store: CredentialStore;
	readonly credentials?: INodeCredentials;
	readonly parameters?: INodeParameters;
	/** The JSON of the items that reach the node; one empty item unless told. */
	readonly items?: readonly IDataObject[];
	/** The node's setting "On Error". */
	readonly onError?: OnError;
	/** The node's setting "Execute Once". */
	readonly executeOnce?: boolean;
	/** The workflow's time zone. */
	readonly timezone?: string;
	/** Aborting stops the execution, as the button in n8n does. */
	readonly signal?: AbortSignal;
}

export interface NodeRun {
	readonly status: ExecutionStatus;
	/** The items of the first output. */
	readonly items: INodeExecutionData[];
	readonly outputs: INodeExecutionData[][];
	readonly hints: NodeExecutionHint[];
	/** Why the node failed; also when the execution went on after it. */
	readonly error: ExecutionError | undefined;
}

/**
 * Runs a node behind a start node in n8n's own engine, as a production execution does.
 *
 * @throws {WorkflowHasIssuesError} if the node could not even be started, e.g. for a missing
 * parameter.
 */
export async function runNode(options: NodeRunOptions): Promise<NodeRun> {
	const { nodeType, credentials, parameters = {}, items = [{}], signal } = options;
	const startType = new StartNode();
	const start = addNode(startType);
	const node = addNode(nodeType, {
		position: [200, 0],
		parameters,
		...(credentials && { credentials }),
		...(options.onError && { onError: options.onError }),
		...(options.executeOnce !== undefined && { executeOnce: options.executeOnce }),
	});
	const nodes = [start, node];
	const connections: IConnections = {
		[start.name]: { main: [[{ node: node.name, type: 'main', index: 0 }]] },
	};
	const settings: IWorkflowSettings = {
		executionOrder: 'v1',
		...(options.timezone !== undefined && { timezone: options.timezone }),
	};
	const workflow = new Workflow({
		id: 'workflow',
		name: 'Workflow',
		nodes,
		connections,
		active: false,
		nodeTypes: registerNodeTypes(startType, nodeType),
		settings,
	});
	const additionalData = createAdditionalData(options.store);
	additionalData.hooks = new ExecutionLifecycleHooks('trigger', '1', {
		id: 'workflow',
		name: 'Workflow',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes,
		connections,
		settings,
	});
	const execution = new WorkflowExecute(
		additionalData,
		'trigger',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{ node: start, data: { main: [items.map((json) => ({ json }))] }, source: null },
				],
			},
		}),
	).processRunExecutionData(workflow);
	const cancel = () => execution.cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	if (signal?.aborted) cancel();
	try {
		const { data, status } = await execution;
		const { runData, error } = data.resultData;
		const task = runData[node.name]?.[0];
		const outputs = (task?.data?.['main'] ?? []).map((output) => output ?? []);
		return {
			status,
			items: outputs[0] ?? [],
			outputs,
			hints: task?.hints ?? [],
			error: task?.error ?? error,
		};
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}
