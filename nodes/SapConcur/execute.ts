import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { ConcurClient } from '../../concur/client';
import { mapInOrder } from './map-in-order';
import { toErrorItem, toNodeError } from '../output/errors';
import { toItems } from '../output/items';
import { Parameters } from '../parameters/parameters';
import { resources } from './resources';
import type { Operation } from './resources/operation';
import { openClient } from '../transport/open-client';

/** Reads of several items may be under way at once; changes go one by one, in the items' order. */
const READS_AT_ONCE = 5;

/** Runs the chosen operation for each item. */
export async function executeItems(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = node.getInputData();
	const operation = chooseOperation(node);
	const client = await openClient(node).catch((error: unknown) => {
		throw toNodeError(error, node.getNode(), 0);
	});
	try {
		const outputs = await mapInOrder(items.length, widthOf(operation), (itemIndex) =>
			executeItem(node, client, operation, itemIndex),
		);
		return [outputs.flat()];
	} finally {
		await client.close();
	}
}

async function executeItem(
	node: IExecuteFunctions,
	client: ConcurClient,
	operation: Operation,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	try {
		const parameters = new Parameters(node, itemIndex, operation.properties);
		const records = await operation.execute({ node, client, parameters });
		return toItems(records, itemIndex);
	} catch (error) {
		if (node.getExecutionCancelSignal()?.aborted) {
			// n8n tells by the word that nothing has failed.
			throw new NodeOperationError(node.getNode(), 'The execution was canceled', { itemIndex });
		}
		const failure = toNodeError(error, node.getNode(), itemIndex);
		if (!node.continueOnFail()) throw failure;
		return [toErrorItem(failure, error, itemIndex)];
	}
}

function chooseOperation(node: IExecuteFunctions): Operation {
	const resource = node.getNodeParameter('resource', 0);
	const value = node.getNodeParameter('operation', 0);
	const operation = resources
		.find((one) => one.value === resource)
		?.operations.find((one) => one.value === value);
	if (operation) return operation;
	throw new NodeOperationError(node.getNode(), 'There is no such operation of this resource', {
		description: "Choose 'Resource' and 'Operation' from their lists.",
	});
}

function widthOf({ endpoints, sequential }: Operation): number {
	const reads = endpoints.every((endpoint) => endpoint.startsWith('GET '));
	return reads && !sequential ? READS_AT_ONCE : 1;
}
