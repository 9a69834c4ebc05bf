import type { IExecuteFunctions } from 'n8n-workflow';
import type { SupplierApp } from '../../concur/connection-request/exchange-request-token';
import { readBase, textOf } from '../../credentials/region';
import { chooseCredential } from '../parameters/authentication';

/**
 * The app whose connection requests are answered: its ID and secret are those of the node's
 * credential.
 * @throws {ConfigurationError} the credential's address is not allowed.
 */
export async function readSupplierApp(node: IExecuteFunctions): Promise<SupplierApp> {
	const data = await node.getCredentials(chooseCredential(node));
	const { baseUrl, rules } = readBase(data);
	return {
		baseUrl,
		...rules,
		clientId: textOf(data, 'clientId').trim(),
		clientSecret: textOf(data, 'clientSecret').trim(),
	};
}
