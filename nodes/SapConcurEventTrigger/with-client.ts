import type { ConcurClient } from '../../concur/client';
import { toNodeError } from '../output/errors';
import { openClient, type NodeContext } from '../transport/open-client';

/** Does some work with a client that ends with it; what fails is shown as n8n shows failures. */
export async function withClient<T>(
	context: NodeContext,
	work: (client: ConcurClient) => Promise<T>,
): Promise<T> {
	try {
		const client = await openClient(context);
		try {
			return await work(client);
		} finally {
			await client.close();
		}
	} catch (error) {
		throw toNodeError(error, context.getNode(), 0);
	}
}
