import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

export interface CredentialReference {
	readonly id: string;
	readonly name: string;
}

/** A node of a test's workflow: what matters of it, the rest is filled in. */
export interface NodeSketch extends Partial<Omit<INode, 'parameters' | 'credentials'>> {
	readonly name: string;
	readonly type: string;
	readonly parameters?: INodeParameters;
	readonly credentials?: Readonly<Record<string, CredentialReference>>;
}

export interface WorkflowSketch {
	readonly name: string;
	readonly nodes: readonly NodeSketch[];
	readonly connections: IConnections;
	readonly settings?: Readonly<Record<string, unknown>>;
}

/** The node that a person's click on "Execute workflow" starts from. */
export const MANUAL_TRIGGER: NodeSketch = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
};

/** A workflow in which each node feeds the next. */
export function chain(name: string, ...nodes: readonly NodeSketch[]): WorkflowSketch {
	const connections: IConnections = {};
	nodes.slice(1).forEach((node, index) => {
		const from = nodes[index]?.name ?? '';
		connections[from] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return { name, nodes, connections };
}

/** Fills in what n8n wants of each node and a person never types. */
export function completeNodes(nodes: readonly NodeSketch[]) {
	return nodes.map((node, index) => ({
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		typeVersion: 1,
		position: [index * 240, 0],
		parameters: {},
		...node,
	}));
}
