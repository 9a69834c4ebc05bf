import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { BatchWriter } from '../extract/batch-writer';
import { extractPartitions } from '../extract/extract-partitions';
import type { Span } from '../extract/partition-run';
import type { Detail, RunRecord, Sink, SinkSession } from '../sinks/sink';
import { Drift } from '../tables/drift';
import { planPartitions, refuseLessDetail } from './plan-partitions';
import { toStoredSummary } from './run-entry';
import { RunStats } from './run-stats';
import { RunTally } from './run-tally';
import type { RunSummary, SummaryError } from './summary';
import { readVersions } from './versions';

/** How late Concur may show a record under an older modification time, in seconds. */
export const OVERLAP_SECONDS = 600;

/** How old a second must be before its records are taken as written, in seconds. */
export const SETTLE_LAG_SECONDS = 30;

/** Errors listed in a summary; the log has them all. */
const MOST_ERRORS = 10;

export interface ExportProgress {
	readonly partitionsDone: number;
	readonly windowsClosed: number;
	readonly windowsQueued: number;
	readonly rows: number;
	readonly calls: number;
}

export interface ExportOptions {
	readonly client: ConcurClient;
	readonly sink: Sink;
	/** Concur user UUIDs; '' is the token's own user. */
	readonly users: AsyncIterable<string>;
	/** Default `request`. */
	readonly detail?: Detail;
	/** Default `ALL`. */
	readonly view?: string;
	readonly span?: Span;
	/** Windows read at the same time; default 4. */
	readonly concurrency?: number;
	/** Ends the run early; what is closed by then is committed. */
	readonly signal?: AbortSignal;
	readonly overlapSeconds?: number;
	readonly settleLagSeconds?: number;
	readonly onProgress?: (progress: ExportProgress) => void;
	readonly onFailure?: (error: SummaryError) => void;
}

/**
 * Extracts travel requests into a sink, from where the target's own state says it ended.
 *
 * A failure in the middle is part of the summary, not an exception: what was read is committed.
 *
 * @throws {ConfigurationError} before anything is written: a target that cannot be used, or one
 * that was filled in more detail than is asked for now.
 */
export async function runExport(options: ExportOptions): Promise<RunSummary> {
	const session = await options.sink.open({
		overlap: options.overlapSeconds ?? OVERLAP_SECONDS,
	});
	const detail = options.detail ?? 'request';
	try {
		refuseLessDetail(session.partitions, detail, options.sink.target);
		return await extractInto(session, detail, options);
	} catch (error) {
		await session.abandon();
		throw error;
	}
}

async function extractInto(
	session: SinkSession,
	detail: Detail,
	options: ExportOptions,
): Promise<RunSummary> {
	const { client } = options;
	const startedAt = new Date().toISOString();
	const started = performance.now();
	const drift = new Drift();
	const errors: SummaryError[] = [];
	const tally = new RunTally();
	const stats = new RunStats(client);
	const signal = options.signal ?? new AbortController().signal;
	const writer = new BatchWriter(session, detail, () => new Date().toISOString());
	const note = (error: ConcurError, user?: string): void => {
		const described = describeError(error, user);
		if (errors.length < MOST_ERRORS) errors.push(described);
		options.onFailure?.(described);
	};

	let failed = false;
	try {
		const runs = planPartitions(tally.countUsers(options.users), {
			stored: session.partitions,
			detail,
			view: options.view ?? 'ALL',
			span: options.span ?? { from: undefined, until: undefined },
			overlap: options.overlapSeconds ?? OVERLAP_SECONDS,
		});
		await extractPartitions(runs, {
			client,
			detail,
			drift,
			signal,
			writer,
			settleLag: options.settleLagSeconds ?? SETTLE_LAG_SECONDS,
			concurrency: options.concurrency ?? 4,
			onWindow: (run) => {
				tally.see(run);
				options.onProgress?.({
					...tally.progress,
					rows: countRows(writer),
					calls: stats.calls,
				});
			},
			onPartition: (run) => tally.finish(run),
			onFailure: (partition, error) => note(error, partition.user),
		});
	} catch (error) {
		if (!(error instanceof ConcurError) && !signal.aborted) throw error;
		failed = true;
		if (error instanceof ConcurError && !signal.aborted) note(error);
	}
	await writer.flush();

	const open = tally.open;
	const { calls, retries, throttledMs, ...details } = stats.read();
	const summary: RunSummary = {
		runId: session.runId,
		status: judge({
			failed,
			interrupted: signal.aborted,
			open,
			anyRead: tally.closed > 0 || writer.deadLetters > 0,
		}),
		tables: writer.counts,
		calls,
		retries,
		throttledMs,
		windows: { closed: tally.closed, open },
		watermark: tally.watermark,
		deadLetters: writer.deadLetters,
		durationMs: Math.round(performance.now() - started),
		drift: Object.fromEntries(drift.counts),
		errors,
	};
	await session.finish({
		runId: session.runId,
		startedAt,
		finishedAt: new Date().toISOString(),
		status: summary.status,
		summary: toStoredSummary(summary, { ...details, versions: readVersions() }),
	});
	return summary;
}

function judge(run: {
	failed: boolean;
	interrupted: boolean;
	open: number;
	anyRead: boolean;
}): RunRecord['status'] {
	if (run.interrupted) return 'interrupted';
	if (run.failed) return 'failed';
	if (run.open === 0) return 'complete';
	return run.anyRead ? 'incomplete' : 'failed';
}

function countRows(writer: BatchWriter): number {
	return Object.values(writer.counts).reduce(
		(sum, table) => sum + table.inserted + table.updated,
		0,
	);
}

function describeError(error: ConcurError, user: string | undefined): SummaryError {
	return {
		code: error.code,
		message: error.message,
		advice: error.advice,
		...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
		...(user ? { user } : {}),
	};
}
