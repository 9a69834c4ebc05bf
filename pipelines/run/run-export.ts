import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { exportConnections, judgeQueue, queue } from '../connections/export-connections';
import { ExtractionStamps } from '../sinks/extraction-stamps';
import type { Counts, RunRecord, Sink, SinkSession, StreamName } from '../sinks/sink';
import { Drift } from '../tables/drift';
import { OVERLAP_SECONDS } from '../windows/lags';
import { peekUsers } from './peek-users';
import { refuseLessDetail } from './plan-partitions';
import { readRuns } from './read-runs';
import { recallTime } from './remember-time';
import { toStoredSummary } from './run-entry';
import { RunNotes, type NoteListeners } from './run-notes';
import { RunStats } from './run-stats';
import type { RunSummary } from './summary';
import { claimTarget, learnOwner } from './target-owner';
import { TravelRequestExport, type TravelRequestOptions } from './travel-request-export';
import { readVersions } from './versions';

export interface ExportProgress {
	readonly partitionsDone: number;
	readonly windowsClosed: number;
	/** What is still to be done of the partitions that have begun: windows, retries and re-reads. */
	readonly windowsQueued: number;
	readonly rows: number;
	readonly calls: number;
}

export interface ExportOptions extends TravelRequestOptions, NoteListeners {
	readonly client: ConcurClient;
	readonly sink: Sink;
	/** In this order; default travel requests alone. */
	readonly streams?: readonly StreamName[];
	/** Keeps every version from now on; SQL sinks only. */
	readonly history?: boolean;
	/** Ends the run early; what is closed by then is committed. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: ExportProgress) => void;
}

/**
 * Extracts travel requests, connection requests or both into a sink, from where the target's own
 * state says it ended.
 *
 * A failure in the middle is part of the summary, not an exception: what was read is committed.
 *
 * @throws {ConfigurationError} before anything is written: a target that cannot be used, one that was
 * filled in more detail than is asked for now, or one of another company or user.
 */
export async function runExport(options: ExportOptions): Promise<RunSummary> {
	const session = await options.sink.open({
		overlap: options.overlapSeconds ?? OVERLAP_SECONDS,
		history: options.history ?? false,
	});
	const streams = new Set<StreamName>(options.streams ?? ['travel-requests']);
	try {
		if (streams.has('travel-requests'))
			refuseLessDetail(session.partitions, options.detail ?? 'request', options.sink.target);
		return await exportInto(session, streams, options);
	} catch (error) {
		await session.abandon();
		throw error;
	}
}

async function exportInto(
	session: SinkSession,
	streams: ReadonlySet<StreamName>,
	options: ExportOptions,
): Promise<RunSummary> {
	const { client } = options;
	recallTime(client, session.facts);
	const startedAt = new Date().toISOString();
	const started = performance.now();
	const stats = new RunStats(client);
	const drift = new Drift();
	const counts: Counts = {};
	const notes = new RunNotes(options);
	notes.start(session.runId);
	const signal = options.signal ?? new AbortController().signal;
	const onProgress = (): void =>
		options.onProgress?.({
			...travel.tally.progress,
			rows: countRows(counts),
			calls: stats.calls,
		});
	const { users, readsOwn, areSeveral } = await peekUsers(options.users);
	const learnt = await learnOwner(client, signal);
	const isOwn = streams.has('travel-requests') && readsOwn;
	const facts = claimTarget(options.sink.target, session.facts, learnt.owner, isOwn);
	const readPast = () => readRuns(options.sink);
	const stamps = await ExtractionStamps.of(session, readPast, facts);
	const shared = { client, session, drift, signal, counts, notes, onProgress };
	const context = { ...shared, stamps, readRuns: readPast, areSeveral };
	const travel = new TravelRequestExport(context, { ...options, users });

	const outcomes: RunRecord['status'][] = [];
	for (const stream of streams) {
		const isTravel = stream === 'travel-requests';
		const failure =
			learnt.failure ?? (await (isTravel ? travel.read() : exportConnections(context)));
		if (!isTravel) notes.finishPartition({ ...queue, isComplete: !failure });
		outcomes.push(isTravel ? travel.judge(failure) : judgeQueue(failure));
		if (signal.aborted) break;
		if (!failure) continue;
		if (!(failure.error instanceof ConcurError)) throw failure.error;
		notes.fail(failure.error);
	}

	for (const warning of client.warnings()) notes.warn(warning);
	const { calls, retries, throttledMs, ...details } = stats.read();
	const summary: RunSummary = {
		runId: session.runId,
		status: signal.aborted ? 'interrupted' : joinOutcomes(outcomes),
		tables: counts,
		calls,
		retries,
		throttledMs,
		windows: { closed: travel.tally.closed, open: travel.tally.open },
		...travel.tally.complete,
		deadLetters: travel.deadLetters,
		skipped: travel.skipped,
		durationMs: Math.round(performance.now() - started),
		drift: Object.fromEntries(drift.counts),
		errors: notes.errors,
		warnings: notes.warnings,
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

/** A run whose streams have ended differently has not come through whole, nor failed. */
function joinOutcomes(outcomes: readonly RunRecord['status'][]): RunRecord['status'] {
	const [first = 'complete', ...others] = outcomes;
	return others.every((other) => other === first) ? first : 'incomplete';
}

function countRows(counts: Counts): number {
	return Object.values(counts).reduce((sum, table) => sum + table.inserted + table.updated, 0);
}
