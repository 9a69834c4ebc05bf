import type { ConcurClient } from '../../concur/client';
import { describeLatency, type Latency } from '../../concur/latency';

/** Correlation ids a run keeps: enough for SAP support, little beside the rows. */
const MOST_FAILURES = 10;

export interface CallStats {
	readonly calls: number;
	readonly tokenCalls: number;
	readonly retries: number;
	readonly throttledMs: number;
	/** Undefined where no call was made. */
	readonly latency: Latency | undefined;
	/** Correlation ids of the latest failed attempts. */
	readonly failures: readonly string[];
}

/** What a client does during one run: it may have served others before. */
export class RunStats {
	readonly #before;

	constructor(private readonly client: Pick<ConcurClient, 'stats'>) {
		this.#before = client.stats();
	}

	/** Calls so far, repetitions included. */
	get calls(): number {
		return this.client.stats().calls - this.#before.calls;
	}

	read(): CallStats {
		const before = this.#before;
		const now = this.client.stats();
		const older = new Set(before.failures);
		return {
			calls: now.calls - before.calls,
			tokenCalls: now.tokenCalls - before.tokenCalls,
			retries: now.retries - before.retries,
			throttledMs: now.throttledMs - before.throttledMs,
			latency: describeLatency(
				now.latency.map((count, index) => count - (before.latency[index] ?? 0)),
			),
			failures: now.failures.filter((id) => !older.has(id)).slice(-MOST_FAILURES),
		};
	}
}
