/** One line of the table: what is compared, what the design wants of it, and what was seen. */
export interface Result {
	readonly measure: string;
	readonly target: string;
	/** One figure a round; the table shows their median and range. */
	readonly figures: readonly number[];
	/** How a figure is written, e.g. `1.21x`. */
	readonly format: (figure: number) => string;
	readonly isMet: (median: number) => boolean;
	/** The absolute figures behind the ratios, of the last round. */
	readonly detail: string;
}

/** A place for a benchmark's files; it is removed afterwards. */
export interface BenchContext {
	readonly directory: string;
	readonly rounds: number;
	/** Divides the sizes, for trying the benchmarks themselves. */
	readonly shrink: number;
}

export type Benchmark = (context: BenchContext) => Promise<Result>;

export function median(figures: readonly number[]): number {
	const sorted = [...figures].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

export const asTimes = (figure: number): string => `${figure.toFixed(2)}x`;
export const asPercent = (figure: number): string => `${Math.round(figure * 100)} %`;
