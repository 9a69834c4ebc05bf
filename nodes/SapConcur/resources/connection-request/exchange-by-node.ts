import type { IExecuteFunctions } from 'n8n-workflow';
import type { TokenGrant } from '../../../../concur/auth/token-exchange';
import type { ConnectionRequest } from '../../../../concur/connection-request/connection-request';
import { exchangeRequestToken } from '../../../../concur/connection-request/exchange-request-token';
import type { RetryPolicy } from '../../../../concur/http/retry-policy';
import { createN8nTransport } from '../../../../credentials/transport/n8n-transport';
import { readSupplierApp } from '../../../transport/supplier-app';

/** Exchanges request tokens with the app of the node's credential, until the execution is stopped. */
export function exchangeByNode(node: IExecuteFunctions, retry: Partial<RetryPolicy> = {}) {
	const transport = createN8nTransport((options) => node.helpers.httpRequest(options));
	const signal = node.getExecutionCancelSignal();
	return async (request: Pick<ConnectionRequest, 'userId' | 'requestToken'>): Promise<TokenGrant> =>
		exchangeRequestToken({ ...(await readSupplierApp(node)), transport, retry }, request, {
			signal,
		});
}
