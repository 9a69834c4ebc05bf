import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { ConcurClient } from '../../concur/client';
import { mapInOrder } from './map-in-order';
import { toErrorItem, toNodeError } from '../output/errors';
import { toItems } from '../output/items';
import { parametersOf } from '../parameters/sources';
import { resources } from './resources';
import type { Operation } from './resources/operation';
import { openClient } from '../transport/open-client';

/** Reads of several items may be under way at once; changes go one by one, in the items' order. */
const READS_AT_ONCE = 5;

/** What all items share; or why none of them can be worked on, which is then the failure of each. */
type Start = { readonly operation: Operation; readonly client: ConcurClient } | Failure;

interface Failure {
	readonly error: unknown;
}

/**
 * Runs the chosen operation for each item.
 *
 * Where the workflow is to go on after failures, nothing is thrown: n8n would hand the inputs to the
 * success branch, as if the work had been done.
 */
export async function executeItems(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = node.getInputData();
	if (items.length === 0) return [[]];
	const start = await begin(node).catch((error: unknown): Failure => ({ error }));
	try {
		const outputs = await mapInOrder(items.length, widthOf(start), (itemIndex) =>
			executeItem(node, start, itemIndex),
		);
		return [outputs.flat()];
	} finally {
		if ('client' in start) await start.client.close();
	}
}

async function begin(node: IExecuteFunctions): Promise<Start> {
	return { operation: chooseOperation(node), client: await openClient(node) };
}

async function executeItem(
	node: IExecuteFunctions,
	start: Start,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	try {
		if ('error' in start) throw start.error;
		const { operation, client } = start;
		const parameters = parametersOf(node, itemIndex, operation.properties);
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
	// As they are: n8n shows and keeps the parameters of exactly this operation.
	const menus = parametersOf(node, 0, []);
	const operation = resources
		.find((one) => one.value === menus.raw('resource'))
		?.operations.find((one) => one.value === menus.raw('operation'));
	if (operation) return operation;
	throw new NodeOperationError(node.getNode(), 'There is no such operation of this resource', {
		description: "Choose 'Resource' and 'Operation' from their lists.",
	});
}

function widthOf(start: Start): number {
	if ('error' in start) return 1;
	const { endpoints, sequential } = start.operation;
	const reads = endpoints.every((endpoint) => endpoint.startsWith('GET '));
	return reads && !sequential ? READS_AT_ONCE : 1;
}
