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
}

const MOST_FAILURES = 50;

/** Counts; read through `snapshot`. */
export class StatsCounter {
	calls = 0;
	tokenCalls = 0;
	retries = 0;
	readonly #failures: string[] = [];

	failed(correlationId: string): void {
		this.#failures.push(correlationId);
		if (this.#failures.length > MOST_FAILURES) this.#failures.shift();
	}

	snapshot(throttledMs: number): ClientStats {
		const { calls, tokenCalls, retries } = this;
		return {
			calls,
			tokenCalls,
			retries,
			throttledMs: Math.round(throttledMs),
			failures: [...this.#failures],
		};
	}
}
