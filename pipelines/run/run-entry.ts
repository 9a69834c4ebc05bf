import { z } from 'zod';
import type { Latency } from '../../concur/latency';
import type { RunRecord } from '../sinks/sink';
import type { Versions } from './versions';

/** What the ledger knows of a run beside its summary. */
export interface RunDetails {
	/** Calls to the token service. */
	readonly tokenCalls: number;
	/** Of the API calls; undefined where none was made. */
	readonly latency: Latency | undefined;
	/** Correlation ids of failed attempts, the latest few; most were repeated with success. */
	readonly failures: readonly string[];
	readonly versions: Versions;
}

/** What a target stores of a run, whichever command made it. */
export function toStoredSummary(
	summary: object,
	{ latency, ...details }: RunDetails,
): RunRecord['summary'] {
	return { ...summary, ...details, ...(latency ? { latency } : {}) };
}

const count = z.number().finite().nonnegative();
const maybe = count.optional().catch(undefined);
const counts = z.object({
	inserted: count.catch(0),
	updated: count.catch(0),
	unchanged: count.catch(0),
	deleted: count.catch(0),
});
const failure = z.object({
	code: z.string().catch(''),
	message: z.string(),
	correlationId: z.string().optional().catch(undefined),
	user: z.string().optional().catch(undefined),
});

/**
 * Targets live longer than versions of this package: whatever an older or a newer one stored
 * otherwise, or not at all, is left out and the rest is shown.
 */
const storedSummary = z.object({
	/** What wrote it, where that was not `run`. */
	command: z.string().catch('run'),
	tables: z.record(counts).catch({}),
	calls: maybe,
	tokenCalls: maybe,
	retries: maybe,
	throttledMs: maybe,
	durationMs: maybe,
	deadLetters: maybe,
	skipped: maybe,
	windows: z.object({ closed: count, open: count }).optional().catch(undefined),
	since: z.string().datetime().optional().catch(undefined),
	watermark: z.string().datetime().optional().catch(undefined),
	latency: z.object({ p50Ms: count, p95Ms: count, maxMs: count }).optional().catch(undefined),
	drift: z.record(count).catch({}),
	errors: z.array(failure).catch([]),
	warnings: z.array(z.object({ code: z.string().catch(''), message: z.string() })).catch([]),
	failures: z.array(z.string()).catch([]),
	versions: z.object({ package: z.string(), node: z.string() }).optional().catch(undefined),
});

/** A run as its target remembers it; undefined is what the target does not know. */
export type RunEntry = Omit<RunRecord, 'summary'> & z.infer<typeof storedSummary>;

export function toRunEntry({ summary, ...run }: RunRecord): RunEntry {
	return { ...run, ...storedSummary.parse(summary) };
}

/** How long a run took, in milliseconds; undefined where the times of its record make no sense. */
export function durationOf(run: RunEntry): number | undefined {
	if (run.durationMs !== undefined) return run.durationMs;
	const duration = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
	return duration >= 0 ? duration : undefined;
}

/** Rows of a run over all its tables. */
export function sumRows(run: RunEntry, kind: 'inserted' | 'updated' | 'deleted'): number {
	return Object.values(run.tables).reduce((sum, table) => sum + table[kind], 0);
}
