import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { exportConnections, type ReadFailure } from '../connections/export-connections';
import { BatchWriter } from '../extract/batch-writer';
import { extractPartitions } from '../extract/extract-partitions';
import type { Span } from '../extract/partition-run';
import { ServerClock } from '../extract/server-clock';
import type { Counts, Detail, RunRecord, Sink, SinkSession, StreamName } from '../sinks/sink';
import { Drift } from '../tables/drift';
import { planPartitions, refuseLessDetail } from './plan-partitions';
import { toStoredSummary } from './run-entry';
import { RunStats } from './run-stats';
import { RunTally } from './run-tally';
import type { RunSummary, SummaryError, SummaryWarning } from './summary';
import { readVersions } from './versions';

/** How late Concur may show a record under an older modification time, in seconds. */
export const OVERLAP_SECONDS = 600;

/** How old a second must be before its records are taken as written, in seconds. */
export const SETTLE_LAG_SECONDS = 30;

/** How often open records are read again, in hours. */
export const REREAD_OPEN_HOURS = 24;

/** Errors listed in a summary; the log has them all. */
const MOST_ERRORS = 10;

export interface ExportProgress {
	readonly partitionsDone: number;
	readonly windowsClosed: number;
	/** What is still to be done of the partitions that have begun: windows, retries and re-reads. */
	readonly windowsQueued: number;
	readonly rows: number;
	readonly calls: number;
}

export interface ExportOptions {
	readonly client: ConcurClient;
	readonly sink: Sink;
	/** In this order; default travel requests alone. */
	readonly streams?: readonly StreamName[];
	/** Whose travel requests: Concur user UUIDs; '' is the token's own user. */
	readonly users: AsyncIterable<string>;
	/** Default `request`. */
	readonly detail?: Detail;
	/** Default `ALL`. */
	readonly view?: string;
	readonly span?: Span;
	/** Windows read at the same time; default 4. */
	readonly concurrency?: number;
	/** Runs that try to read a record before it is let go; by default none ever is. */
	readonly skipAfter?: number;
	/**
	 * Hours until requests that are neither closed nor canceled are read again with `full` detail,
	 * for changes that their modification time does not show; 0: never. Default 24.
	 */
	readonly rereadOpenHours?: number;
	/** Ends the run early; what is closed by then is committed. */
	readonly signal?: AbortSignal;
	readonly overlapSeconds?: number;
	readonly settleLagSeconds?: number;
	/** Keeps every version from now on; SQL sinks only. */
	readonly history?: boolean;
	readonly onProgress?: (progress: ExportProgress) => void;
	readonly onFailure?: (error: SummaryError) => void;
	readonly onWarning?: (warning: SummaryWarning) => void;
}

/**
 * Extracts travel requests, connection requests or both into a sink, from where the target's own
 * state says it ended.
 *
 * A failure in the middle is part of the summary, not an exception: what was read is committed.
 *
 * @throws {ConfigurationError} before anything is written: a target that cannot be used, or one
 * that was filled in more detail than is asked for now.
 */
export async function runExport(options: ExportOptions): Promise<RunSummary> {
	const session = await options.sink.open({
		overlap: options.overlapSeconds ?? OVERLAP_SECONDS,
		history: options.history ?? false,
	});
	const detail = options.detail ?? 'request';
	const streams = new Set<StreamName>(options.streams ?? ['travel-requests']);
	try {
		if (streams.has('travel-requests'))
			refuseLessDetail(session.partitions, detail, options.sink.target);
		return await extractInto(session, streams, detail, options);
	} catch (error) {
		await session.abandon();
		throw error;
	}
}

async function extractInto(
	session: SinkSession,
	streams: ReadonlySet<StreamName>,
	detail: Detail,
	options: ExportOptions,
): Promise<RunSummary> {
	const { client } = options;
	const startedAt = new Date().toISOString();
	const started = performance.now();
	const drift = new Drift();
	const errors: SummaryError[] = [];
	const warnings: SummaryWarning[] = [];
	const connectionCounts: Counts = {};
	const tally = new RunTally();
	const stats = new RunStats(client);
	const signal = options.signal ?? new AbortController().signal;
	const writer = new BatchWriter(session, detail, () => new Date().toISOString());
	const note = (error: ConcurError, user?: string): void => {
		const described = describeError(error, user);
		if (errors.length < MOST_ERRORS) errors.push(described);
		options.onFailure?.(described);
	};

	const counts = (): Counts => ({ ...writer.counts, ...connectionCounts });
	const showProgress = (): void =>
		options.onProgress?.({
			...tally.progress,
			rows: countRows(counts()),
			calls: stats.calls,
		});

	const readTravelRequests = async (): Promise<ReadFailure | undefined> => {
		let failure: ReadFailure | undefined;
		try {
			const runs = planPartitions(tally.countUsers(options.users), {
				stored: session.partitions,
				detail,
				view: options.view ?? 'ALL',
				span: options.span ?? { from: undefined, until: undefined },
				overlap: options.overlapSeconds ?? OVERLAP_SECONDS,
				skipAfter: options.skipAfter,
				rereadAfter: (options.rereadOpenHours ?? REREAD_OPEN_HOURS) * 3600,
				clock: new ServerClock(client),
			});
			await extractPartitions(runs, {
				client,
				detail,
				drift,
				signal,
				writer,
				settleLag: options.settleLagSeconds ?? SETTLE_LAG_SECONDS,
				concurrency: options.concurrency ?? 4,
				onProgress: (run) => {
					tally.see(run);
					showProgress();
				},
				onPartition: (run) => tally.finish(run),
				onFailure: (partition, error) => note(error, partition.user),
			});
		} catch (error) {
			failure = { error };
		}
		await writer.flush();
		return failure;
	};
	const readConnectionRequests = (): Promise<ReadFailure | undefined> =>
		exportConnections({
			...{ client, session, drift, signal },
			counts: connectionCounts,
			onBatch: showProgress,
			onWarning: (warning) => {
				warnings.push(warning);
				options.onWarning?.(warning);
			},
		});

	const failed = new Set<StreamName>();
	for (const stream of streams) {
		const isTravel = stream === 'travel-requests';
		const failure = await (isTravel ? readTravelRequests() : readConnectionRequests());
		if (failure) failed.add(stream);
		if (signal.aborted) break;
		if (!failure) continue;
		if (!(failure.error instanceof ConcurError)) throw failure.error;
		note(failure.error);
	}

	const open = tally.open;
	const outcomes: Readonly<Record<StreamName, RunRecord['status']>> = {
		'travel-requests': judge({
			failed: failed.has('travel-requests'),
			interrupted: signal.aborted,
			open,
			isLeft: writer.deadLetters + tally.failedRereads > 0,
			anyRead: tally.closed > 0 || writer.deadLetters > 0,
		}),
		'connection-requests': judge({
			failed: failed.has('connection-requests'),
			interrupted: signal.aborted,
			open: 0,
			isLeft: false,
			anyRead: true,
		}),
	};
	const { calls, retries, throttledMs, ...details } = stats.read();
	const summary: RunSummary = {
		runId: session.runId,
		status: joinOutcomes([...streams].map((stream) => outcomes[stream])),
		tables: counts(),
		calls,
		retries,
		throttledMs,
		windows: { closed: tally.closed, open },
		watermark: tally.watermark,
		deadLetters: writer.deadLetters,
		skipped: writer.skipped,
		durationMs: Math.round(performance.now() - started),
		drift: Object.fromEntries(drift.counts),
		errors,
		warnings,
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
	/** Whether something else than a window is left to the next run. */
	isLeft: boolean;
	anyRead: boolean;
}): RunRecord['status'] {
	if (run.interrupted) return 'interrupted';
	if (run.failed || (run.open > 0 && !run.anyRead)) return 'failed';
	return run.open > 0 || run.isLeft ? 'incomplete' : 'complete';
}

/** A run whose streams have ended differently has not come through whole, nor failed. */
function joinOutcomes(outcomes: readonly RunRecord['status'][]): RunRecord['status'] {
	const [first = 'complete', ...others] = outcomes;
	return others.every((other) => other === first) ? first : 'incomplete';
}

function countRows(counts: Counts): number {
	return Object.values(counts).reduce((sum, table) => sum + table.inserted + table.updated, 0);
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
