import { UnexpectedError, type IWebhookFunctions } from 'n8n-workflow';
import { isJsonObject } from '../../concur/json';

/** What is needed of the answer to a delivery, which n8n may write as well. */
export interface HttpResponse {
	statusCode: number;
	end(): unknown;
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

export function openResponse(context: IWebhookFunctions): HttpResponse {
	const response: unknown = context.getResponseObject();
	if (isResponse(response)) return response;
	throw new UnexpectedError('n8n gave nothing to answer to');
}

/**
 * Whether n8n has started a workflow, told by what it answers: nothing else says whether starting it
 * has failed. Where Concur has hung up before, it may have been started.
 */
export function outcomeOf(response: HttpResponse): Promise<boolean> {
	return new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 400));
		response.once('close', () => resolve(true));
	});
}

function isResponse(value: unknown): value is HttpResponse {
	return (
		isJsonObject(value) &&
		typeof value['statusCode'] === 'number' &&
		typeof value['end'] === 'function' &&
		typeof value['once'] === 'function'
	);
}
