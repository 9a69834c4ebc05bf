/** How long the answers of some calls took, in milliseconds. */
export interface Latency {
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly maxMs: number;
}

/** Steps within each doubling: a step is 9 % wide, so no figure is further off than that. */
const STEPS = 8;
/** 2^20 ms are 17 minutes, longer than any attempt may take. */
const LAST = 20 * STEPS;

/**
 * Counts answers by how long they took, in steps that grow with the time: a few hundred bytes,
 * however many calls there are, and two histograms of one client can be subtracted.
 */
export class LatencyHistogram {
	readonly #counts = new Array<number>(LAST + 1).fill(0);

	add(milliseconds: number): void {
		const step = Math.ceil(Math.log2(Math.max(1, milliseconds)) * STEPS);
		const index = Math.min(LAST, step);
		this.#counts[index] = (this.#counts[index] ?? 0) + 1;
	}

	/** Answers by step; `describeLatency` reads it. */
	get counts(): readonly number[] {
		return [...this.#counts];
	}
}

/** The usual figures of a histogram; undefined where it holds no answer. */
export function describeLatency(counts: readonly number[]): Latency | undefined {
	const all = counts.reduce((sum, count) => sum + count, 0);
	if (all === 0) return undefined;
	const slowest = (share: number): number => {
		let seen = 0;
		const index = counts.findIndex((count) => (seen += count) >= share * all);
		return Math.round(2 ** (index / STEPS));
	};
	return { p50Ms: slowest(0.5), p95Ms: slowest(0.95), maxMs: slowest(1) };
}
