import {
	UserError,
	type INode,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';

/** The description of a node that only stands in a workflow for the sake of another. */
export function describeHelperNode(
	name: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
		...more,
	};
}

/** Starts the workflow; like any trigger in production, it passes on the items it was started with. */
export class StartNode implements INodeType {
	description = describeHelperNode('start', { group: ['trigger'], inputs: [] });

	async trigger(): Promise<undefined> {
		return undefined;
	}
}

/** The node types that a workflow of the tests knows. */
export function registerNodeTypes(...types: readonly INodeType[]): INodeTypes {
	const byName = new Map(types.map((type) => [type.description.name, type]));
	function getByName(name: string): INodeType {
		const type = byName.get(name);
		if (!type) throw new UserError(`Unrecognized node type: ${name}`);
		return type;
	}
	return { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
}

/** A node of the newest version of its type, as the editor would add it. */
export function addNode(nodeType: INodeType, node: Partial<INode> = {}): INode {
	const { name, version, defaultVersion } = nodeType.description;
	const newest = Array.isArray(version) ? Math.max(...version) : version;
	return {
		id: name,
		name,
		type: name,
		typeVersion: defaultVersion ?? newest,
		position: [0, 0],
		parameters: {},
		...node,
	};
}
