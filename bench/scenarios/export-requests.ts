import { z } from 'zod';
import { createConcurClient } from '../../concur/client';
import { capNewSpace } from '../../pipelines/cli/cap-new-space';
import { runExport } from '../../pipelines/run/run-export';
import { createSink } from '../../pipelines/sinks/create-sink';
import type { Work } from '../measurement';
import { accountSchema } from './account';

const inputSchema = accountSchema.extend({
	to: z.string(),
	detail: z.enum(['list', 'request', 'full']),
	concurrency: z.number(),
});

/** What the command line does: everything the token sees, into a target. */
export async function exportRequests(input: unknown): Promise<Work> {
	const { baseUrl, clientId, clientSecret, to, detail, concurrency } = inputSchema.parse(input);
	capNewSpace();
	const client = createConcurClient({
		baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
		concurrency,
	});
	return async () => {
		const sink = createSink(to);
		const users = (async function* () {
			yield '';
		})();
		const { status, tables, calls } = await runExport({ client, sink, users, detail, concurrency });
		if (status !== 'complete') throw new Error(`the export ended ${status}`);
		await client.close();
		return { rows: tables['travel_requests']?.inserted ?? 0, calls };
	};
}
