import { toRunEntry, type RunEntry } from '../run/run-entry';
import type { SinkInspection } from '../sinks/sink';
import type { RequestCount } from './count-requests';

/** All that a report is made of. */
export interface ReportData {
	/** As the sink names it, without secrets. */
	readonly target: string;
	/** Whether the target cannot tell new rows from changed ones. */
	readonly appendOnly: boolean;
	readonly generatedAt: Date;
	readonly inspection: SinkInspection;
	/** Undefined where the target's rows cannot be counted by SQL. */
	readonly requests: readonly RequestCount[] | undefined;
}

/** Runs a page shows: more would be too thin to see. */
export const MOST_RUNS = 30;

/** The runs that a page shows, newest first. */
export function shownRuns({ inspection }: ReportData): RunEntry[] {
	return inspection.runs.slice(0, MOST_RUNS).map(toRunEntry);
}
