import { LatencyHistogram } from './latency';

/** What a client did so far. */
export interface ClientStats {
	/** API calls sent, repetitions included, token calls not. */
	readonly calls: number;
	readonly tokenCalls: number;
	/** Repetitions after a failure. */
	readonly retries: number;
	/** For how long Concur told us to be quiet. */
	readonly throttledMs: number;
	/** Correlation ids of the latest failed attempts, for SAP support; at most 50. */
	readonly failures: readonly string[];
	/** API calls by how long their answers took, failures included; for `describeLatency`. */
	readonly latency: readonly number[];
}

const MOST_FAILURES = 50;

/** Counts; read through `snapshot`. */
export class StatsCounter {
	calls = 0;
	tokenCalls = 0;
	retries = 0;
	readonly #failures: string[] = [];
	readonly #latency = new LatencyHistogram();

	failed(correlationId: string): void {
		this.#failures.push(correlationId);
		if (this.#failures.length > MOST_FAILURES) this.#failures.shift();
	}

	took(milliseconds: number): void {
		this.#latency.add(milliseconds);
	}

	snapshot(throttledMs: number): ClientStats {
		const { calls, tokenCalls, retries } = this;
		return {
			calls,
			tokenCalls,
			retries,
			throttledMs: Math.round(throttledMs),
			failures: [...this.#failures],
			latency: this.#latency.counts,
		};
	}
}
