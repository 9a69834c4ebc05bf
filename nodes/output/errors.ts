import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { ConcurError, ConfigurationError } from '../../concur/errors';

/**
 * What n8n shows of a failure: what happened as the message; Concur's code, the correlation id that
 * SAP support asks for and what to do next as the description. Nothing of the request is kept, since
 * it holds the token.
 */
export function toNodeError(
	error: unknown,
	node: INode,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof ConfigurationError) {
		return new NodeOperationError(node, spell(error.message), {
			description: error.advice,
			itemIndex,
		});
	}
	if (error instanceof ConcurError) return toApiError(error, node, itemIndex);
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}

/**
 * The item that stands for a failed one where the workflow goes on. n8n knows it as a failure, and
 * leads it to the error output, by these two names; an `error` beside the json would replace it.
 */
export function toErrorItem(
	failure: NodeApiError | NodeOperationError,
	cause: unknown,
	itemIndex: number,
): INodeExecutionData {
	const known = cause instanceof ConcurError ? cause : undefined;
	return {
		json: {
			error: failure.message,
			details: {
				description: failure.description ?? null,
				code: known?.code ?? null,
				concurCode: known?.concurCode ?? null,
				correlationId: known?.correlationId ?? null,
			},
		},
		pairedItem: { item: itemIndex },
	};
}

function toApiError(error: ConcurError, node: INode, itemIndex: number): NodeApiError {
	const facts: JsonObject = {
		code: error.code,
		concurCode: error.concurCode ?? null,
		correlationId: error.correlationId ?? null,
	};
	const failure = new NodeApiError(node, facts, {
		message: error.message,
		description: describe(error),
		itemIndex,
		...(error.status !== undefined && { httpCode: String(error.status) }),
	});
	// Set afterwards: n8n puts stock phrases in place of some messages, such as to retry at once.
	failure.message = spell(error.message);
	return failure;
}

/** n8n takes an execution for stopped by hand when its error says "canceled", as some of Concur's do. */
function spell(message: string): string {
	return message.replaceAll('canceled', 'cancelled');
}

function describe({ advice, concurCode, correlationId }: ConcurError): string {
	return [
		advice,
		concurCode === undefined ? undefined : `Concur's code: ${concurCode}.`,
		correlationId === undefined ? undefined : `Correlation ID: ${correlationId}.`,
	]
		.filter((sentence) => sentence !== undefined)
		.join(' ');
}
