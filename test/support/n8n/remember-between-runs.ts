import { deepCopy, type IDataObject, type IExecuteFunctions, type INodeType } from 'n8n-workflow';

/** What n8n stores of a node's static data between executions. */
export interface NodeMemory {
	/** The node, with its static data loaded before and stored after each execution. */
	readonly nodeType: INodeType;
	stored: IDataObject;
	/** Whether executions end well enough for n8n to store it; a process that is killed stores nothing. */
	saves: boolean;
}

/** Lets a node keep its static data from one execution to the next, as production executions do. */
export function rememberBetweenRuns(nodeType: INodeType): NodeMemory {
	const memory: NodeMemory = {
		nodeType: {
			description: nodeType.description,
			...(nodeType.methods && { methods: nodeType.methods }),
			async execute(this: IExecuteFunctions) {
				const data = this.getWorkflowStaticData('node');
				Object.assign(data, deepCopy(memory.stored));
				try {
					return (await nodeType.execute?.call(this)) ?? null;
				} finally {
					// Also after a failure.
					if (memory.saves) memory.stored = deepCopy(data);
				}
			},
		},
		stored: {},
		saves: true,
	};
	return memory;
}
