import { systemSleep } from '../../concur/clock';
import { createConcurClient, type ConcurClientOptions } from '../../concur/client';
import type { FakeConcur } from '../../fake-concur';
import { runExport, type ExportOptions } from '../../pipelines/run/run-export';
import type { RunSummary } from '../../pipelines/run/summary';
import type { Sink } from '../../pipelines/sinks/sink';
import { clockOf } from './follow-clock';

/**
 * Waits so short that faults cost no test time, and patience with faults that strike at random; how
 * long real waits are, and when a call gives up, is tested in concur/.
 */
export const HASTY_RETRY = {
	attempts: 12,
	doubtfulAttempts: 12,
	refusals: 12,
	baseMs: 1,
	capMs: 4,
	retryAfterFloorMs: 1,
	sleep: (ms: number, signal?: AbortSignal) => systemSleep(Math.min(ms, 4), signal),
} as const;

export type OnceOptions = Partial<Omit<ExportOptions, 'client' | 'sink' | 'users'>> & {
	readonly users?: readonly string[];
	readonly client?: Partial<ConcurClientOptions>;
};

/** One export run in this process, against a fake whose clock this machine's follows. */
export async function exportOnce(
	fake: FakeConcur,
	sink: Sink,
	{ users = [''], client: clientOptions, ...options }: OnceOptions = {},
): Promise<RunSummary> {
	const { clientId, clientSecret } = fake.credentials;
	const client = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
		retry: HASTY_RETRY,
		timeouts: { headersMs: 2000, bodyMs: 2000 },
		clock: clockOf(fake),
		...clientOptions,
	});
	try {
		return await runExport({ ...options, client, sink, users: eachOf(users) });
	} finally {
		await client.close();
	}
}

async function* eachOf(users: readonly string[]): AsyncGenerator<string> {
	yield* users;
}

/** List calls that the fake has answered since its journal was emptied. */
export function countListCalls(fake: FakeConcur): number {
	return fake.calls.filter(({ path }) => path === '/travelrequest/v4/requests').length;
}
