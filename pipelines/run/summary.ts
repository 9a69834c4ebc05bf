import type { Counts, RunRecord } from '../sinks/sink';

/** What a run did: the line that `--json` prints. */
export interface RunSummary {
	readonly runId: string;
	readonly status: RunRecord['status'];
	/** Rows by table. */
	readonly tables: Counts;
	/** HTTP calls to Concur, retries included. */
	readonly calls: number;
	readonly retries: number;
	/** Milliseconds that requests waited because Concur had answered 429. */
	readonly throttledMs: number;
	/** `open`: windows that this run could not close; the next run reads them. */
	readonly windows: { readonly closed: number; readonly open: number };
	/** Every change from `since` (1970 is the beginning) ... */
	readonly since: string | null;
	/** ... up to this instant is in the target; both are null where nothing is closed yet. */
	readonly watermark: string | null;
	/** Records that could not be read in this run; the next run tries them first. */
	readonly deadLetters: number;
	/** Records that could not be read once too often: this run let them go. */
	readonly skipped: number;
	readonly durationMs: number;
	/** What Concur sent that the tables have no place for, by table and path. */
	readonly drift: Readonly<Record<string, number>>;
	/** Why the run failed, or why something is missing. */
	readonly errors: readonly SummaryError[];
	/** What to look after although the run has gone well. */
	readonly warnings: readonly SummaryWarning[];
}

export interface SummaryWarning {
	readonly code: string;
	readonly message: string;
	readonly advice: string;
}

export interface SummaryError {
	readonly code: string;
	readonly message: string;
	readonly advice: string;
	readonly correlationId?: string;
	readonly user?: string;
}
