import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { FailureStreak, isContained } from '../extract/failures';
import { ListKnowledge } from '../lists/list-knowledge';
import { readRuns } from '../run/read-runs';
import { recallTime } from '../run/remember-time';
import { toStoredSummary } from '../run/run-entry';
import { OVERLAP_SECONDS } from '../windows/lags';
import type { NoteListeners } from '../run/run-notes';
import { RunStats } from '../run/run-stats';
import { peekUsers } from '../run/peek-users';
import { claimTarget, learnOwner } from '../run/target-owner';
import { readVersions } from '../run/versions';
import { ExtractionStamps } from '../sinks/extraction-stamps';
import { nameOf } from '../sinks/partition-ledger';
import type { PartitionState, RunRecord, Sink, SinkSession } from '../sinks/sink';
import { Drift } from '../tables/drift';
import { Brake, DEFAULT_MAX_MISSING, type MaxMissing } from './brake';
import { Deletions } from './deletions';
import { reconcilePartition, type ReconcileContext } from './reconcile-partition';
import { ReconcileWriter } from './reconcile-writer';
import { notSearchable, nothingExported, otherUsers } from './refusals';
import { StoredIds } from './stored-ids';
import { ReconcileTally, type ReconcileSummary } from './summary';

const STREAM = 'travel-requests';
const VIEW = 'ALL';

export interface ReconcileOptions extends Omit<NoteListeners, 'onWarning'> {
	readonly client: ConcurClient;
	readonly sink: Sink;
	/** Concur user UUIDs, as the exports had them; '' is the token's own user. */
	readonly users: AsyncIterable<string>;
	/** Partitions swept at the same time; default 4. */
	readonly concurrency?: number;
	/** More requests than that are not marked as deleted; 10 % unless told, once there are 50. */
	readonly maxMissing?: MaxMissing;
	readonly signal?: AbortSignal;
}

/**
 * Compares the ids that a target has with the ids that Concur has: marks what was deleted, stores
 * what is missing, and takes back a mark where a request is there again. Nothing in Concur
 * announces a deletion (Travel Request v4), so it can be found in this way only.
 *
 * The ids of the target are held in memory, about 200 bytes each.
 *
 * @throws {ConfigurationError} before anything is written: a target that cannot be searched, that
 * holds no export, or one of other users or of another company. {@link TargetLockedError} while a run writes to it.
 */
export async function runReconcile(options: ReconcileOptions): Promise<ReconcileSummary> {
	const { sink } = options;
	if (sink.appendOnly) throw notSearchable(sink);
	if (!(await sink.inspect())?.partitions.length) throw nothingExported(sink.target);
	const session = await sink.open({ overlap: OVERLAP_SECONDS });
	try {
		return await reconcileInto(session, options);
	} catch (error) {
		await session.abandon();
		throw error;
	}
}

async function reconcileInto(
	session: SinkSession,
	options: ReconcileOptions,
): Promise<ReconcileSummary> {
	const { client, sink } = options;
	const startedAt = new Date().toISOString();
	const started = performance.now();
	const stats = new RunStats(client);
	const signal = options.signal ?? new AbortController().signal;
	options.onStart?.(session.runId);
	const tally = new ReconcileTally(options.onFailure);
	recallTime(client, session.facts);
	const drift = new Drift();
	const ofStream = session.partitions.filter(({ partition: { stream } }) => stream === STREAM);
	const states = ofStream.filter(({ partition: { view } }) => view === VIEW);
	if (states.length === 0) throw nothingExported(sink.target);
	const { users, readsOwn } = await peekUsers(options.users);
	const learnt = await learnOwner(client, signal);
	const facts = claimTarget(sink.target, session.facts, learnt.owner, readsOwn);
	const stamps = await ExtractionStamps.of(session, () => readRuns(sink), facts);
	const writer = new ReconcileWriter(session, stamps);
	const stored = await readStored(session, sink);
	const isOnly = ofStream.length === 1;
	const brake = new Brake(options.maxMissing ?? DEFAULT_MAX_MISSING);
	const deletions = new Deletions(brake, stored.living);
	const lists = new ListKnowledge();
	const shared = { client, signal, lists, stored, drift, writer, tally, isOnly };
	const context = { ...shared, brake, deletions };

	let failure: RunRecord['status'] | undefined;
	try {
		if (learnt.failure) throw learnt.failure.error;
		await reconcileAll({ ...options, users }, states, context).catch((error: unknown) => {
			if (!isAboutUsers(error)) throw error;
			failure = 'incomplete';
			tally.noteFailure(error, '', 'Users are missing, and were left alone:');
		});
		await deletions.mark(writer, tally, signal);
	} catch (error) {
		if (!signal.aborted) {
			if (!(error instanceof ConcurError)) throw error;
			failure = 'failed';
			tally.noteFailure(error, '', '');
		}
	}
	const { partitions } = tally;
	if (!failure && !signal.aborted && partitions.complete + partitions.incomplete === 0)
		throw otherUsers(sink.target);

	const { calls, retries, throttledMs, ...details } = stats.read();
	const finished = tally.isComplete ? 'complete' : 'incomplete';
	const summary: ReconcileSummary = {
		command: 'reconcile',
		runId: session.runId,
		status: signal.aborted ? 'interrupted' : (failure ?? finished),
		partitions: { ...partitions },
		...tally.counts,
		hiddenIds: tally.hiddenIds,
		tables: writer.counts,
		calls,
		retries,
		throttledMs,
		durationMs: Math.round(performance.now() - started),
		drift: Object.fromEntries(drift.counts),
		errors: tally.errors,
		warnings: client.warnings(),
	};
	const { runId, status } = summary;
	await session.finish({
		runId,
		startedAt,
		finishedAt: new Date().toISOString(),
		status,
		summary: toStoredSummary(summary, { ...details, versions: readVersions() }),
	});
	return summary;
}

function isAboutUsers(error: unknown): error is ConcurError {
	return error instanceof ConcurError && error.code === 'CONCUR_INCOMPLETE_USER_LIST';
}

async function readStored(session: SinkSession, sink: Sink): Promise<StoredIds> {
	const pages = session.listRecords?.(STREAM);
	if (!pages) throw notSearchable(sink);
	const stored = new StoredIds();
	for await (const page of pages) for (const record of page) stored.add(record);
	return stored;
}

/**
 * Takes the partitions as the users come, several at a time. One that fails is left as it was, and
 * the others go on.
 */
async function reconcileAll(
	{ users, concurrency = 4, onPartition }: ReconcileOptions,
	states: readonly PartitionState[],
	context: ReconcileContext,
): Promise<void> {
	const known = new Map(states.map((state) => [nameOf(state.partition), state]));
	const { tally, signal } = context;
	const seen = new Set<string>();
	const coming = users[Symbol.asyncIterator]();
	const streak = new FailureStreak();
	let failure: { readonly error: unknown } | undefined;

	const reconcileNext = async (user: string): Promise<void> => {
		const state = known.get(nameOf({ stream: STREAM, user, view: VIEW }));
		if (!state) {
			tally.partitions.notExported++;
			return;
		}
		try {
			await reconcilePartition(context, state);
			tally.partitions.complete++;
			onPartition?.({ ...state.partition, isComplete: true });
			streak.succeed();
		} catch (error) {
			tally.partitions.incomplete++;
			onPartition?.({ ...state.partition, isComplete: false });
			if (signal.aborted || !isContained(error)) throw error;
			tally.noteFailure(error, user, 'The sweep is incomplete and nothing was deleted:');
			streak.fail(error);
		}
	};
	// One at a time asks for the next user: a generator answers in order.
	const work = async (): Promise<void> => {
		while (!failure && !signal.aborted) {
			const step = await coming.next();
			if (step.done) return;
			if (seen.has(step.value)) continue;
			seen.add(step.value);
			await reconcileNext(step.value);
		}
	};
	const workers = Array.from({ length: concurrency }, () =>
		work().catch((error: unknown) => (failure ??= { error })),
	);
	await Promise.all(workers);
	if (failure) throw failure.error;
}
