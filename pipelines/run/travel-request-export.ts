import type { ConcurClient } from '../../concur/client';
import { BatchWriter } from '../extract/batch-writer';
import { extractPartitions } from '../extract/extract-partitions';
import type { ReadFailure } from '../extract/failures';
import type { PartitionRun, Span } from '../extract/partition-run';
import { ServerClock } from '../extract/server-clock';
import { REREAD_OPEN_HOURS } from '../extract/reread-schedule';
import { ListKnowledge } from '../lists/list-knowledge';
import { PAGE_FACT } from '../lists/page-sizes';
import type { ExtractionStamps, Stamp } from '../sinks/extraction-stamps';
import type { Counts, Detail, RunRecord, SinkSession } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import { OVERLAP_SECONDS, SETTLE_LAG_SECONDS } from '../windows/lags';
import { findOverclaim } from './find-overclaim';
import { planPartitions } from './plan-partitions';
import { rememberTime } from './remember-time';
import { warnOfReopening } from './reopening-warning';
import type { PartitionOutcome, RunNotes } from './run-notes';
import { RunTally, toStretchMarks } from './run-tally';
import { findFutureSpan, warnOfFloor } from './span-notes';

/** What the streams of one run share. */
export interface StreamContext {
	readonly client: ConcurClient;
	readonly session: SinkSession;
	readonly stamps: ExtractionStamps;
	/** Reads the runs that the target remembers, newest first. */
	readonly readRuns: () => Promise<readonly RunRecord[]>;
	readonly drift: Drift;
	readonly signal: AbortSignal;
	/** Rows by table; every batch adds its own. */
	readonly counts: Counts;
	readonly notes: RunNotes;
	/** Whether several users are read, whose views may show the same request. */
	readonly areSeveral: boolean;
	readonly onProgress: () => void;
}

/** Which travel requests to read, and how. */
export interface TravelRequestOptions {
	/** Whose: Concur user UUIDs; '' is the token's own user. */
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
	readonly overlapSeconds?: number;
	readonly settleLagSeconds?: number;
}

/** The reading of travel requests in one run. */
export class TravelRequestExport {
	readonly tally = new RunTally();
	readonly #writer: BatchWriter;
	readonly #detail: Detail;
	readonly #lists: ListKnowledge;
	#isInFuture = false;

	constructor(
		private readonly context: StreamContext,
		private readonly options: TravelRequestOptions,
	) {
		this.#detail = options.detail ?? 'request';
		const { client, session, stamps, counts, notes } = context;
		this.#lists = new ListKnowledge((warning) => notes.warn(warning), session.facts[PAGE_FACT]);
		const stamp = (): Stamp => {
			const { extractedAt, facts } = stamps.next();
			const pages = this.#lists.pages.toFact();
			const learnt = pages === undefined ? {} : { [PAGE_FACT]: pages };
			return { extractedAt, facts: { ...facts, ...rememberTime(client), ...learnt } };
		};
		this.#writer = new BatchWriter(session, this.#detail, counts, stamp, context.areSeveral);
	}

	/** Records that could not be read and will be tried again. */
	get deadLetters(): number {
		return this.#writer.deadLetters;
	}

	/** Records that could not be read and were let go. */
	get skipped(): number {
		return this.#writer.skipped;
	}

	/** Stores all that can be read, and returns what ended the reading early, if anything did. */
	async read(): Promise<ReadFailure | undefined> {
		const { client, drift, signal, notes, onProgress } = this.context;
		const { options, tally } = this;
		let failure: ReadFailure | undefined;
		const clock = new ServerClock(client);
		const reopened: number[] = [];
		try {
			const runs = planPartitions(tally.countUsers(options.users), {
				stored: this.context.session.partitions,
				detail: this.#detail,
				view: options.view ?? 'ALL',
				span: options.span ?? { from: undefined, until: undefined },
				overlap: options.overlapSeconds ?? OVERLAP_SECONDS,
				skipAfter: options.skipAfter,
				rereadAfter: (options.rereadOpenHours ?? REREAD_OPEN_HOURS) * 3600,
				clock,
				suspectSince: await this.#findSuspect(),
				onReopen: (from) => reopened.push(from),
			});
			await extractPartitions(runs, {
				...{ client, drift, signal },
				lists: this.#lists,
				detail: this.#detail,
				writer: this.#writer,
				settleLag: options.settleLagSeconds ?? SETTLE_LAG_SECONDS,
				concurrency: options.concurrency ?? 4,
				onProgress: (run) => {
					tally.see(run);
					onProgress();
				},
				onPartition: (run) => {
					tally.finish(run);
					notes.finishPartition(describeOutcome(run));
				},
				onFailure: (partition, error) => notes.fail(error, partition.user),
			});
		} catch (error) {
			failure = { error };
		}
		await this.#writer.flush();
		const floor = warnOfFloor(tally.inheritedFloors);
		if (floor) notes.warn(floor);
		const reopening = warnOfReopening(reopened);
		if (reopening) notes.warn(reopening);
		const future = findFutureSpan(options.span ?? {}, clock.now && clock.latest);
		if (future) notes.fail(future);
		this.#isInFuture = future !== undefined;
		return failure;
	}

	/** Earlier versions closed windows by one `Date`: only their ledger can tell that it was ahead. */
	async #findSuspect(): Promise<number | undefined> {
		const isConfirmed = this.context.session.partitions.every(({ coverage }) =>
			coverage.every(({ confirmed }) => confirmed),
		);
		return isConfirmed ? undefined : findOverclaim(await this.context.readRuns());
	}

	/** How it ended, where nobody stopped it. */
	judge(failure: ReadFailure | undefined): RunRecord['status'] {
		const { open, closed, failedRereads } = this.tally;
		const hasRead = closed > 0 || this.deadLetters > 0;
		if (failure || (open > 0 && !hasRead)) return 'failed';
		const isComplete = open === 0 && this.deadLetters === 0 && failedRereads === 0;
		return isComplete && !this.#isInFuture ? 'complete' : 'incomplete';
	}
}

function describeOutcome({ partition, closed, open, stretch }: PartitionRun): PartitionOutcome {
	return {
		...partition,
		isComplete: open === 0,
		windows: { closed, open, ...toStretchMarks(stretch) },
	};
}
