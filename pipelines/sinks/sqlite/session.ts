import type { DatabaseSync } from 'node:sqlite';
import { rootTableOf } from '../../tables/catalog';
import type { FileWatch } from '../file-watch';
import type { TargetLock } from '../lock';
import { PartitionLedger } from '../partition-ledger';
import { makeRunId } from '../run-id';
import type {
	Batch,
	Counts,
	Facts,
	PartitionState,
	RunRecord,
	SinkSession,
	StoredRecord,
	StreamName,
} from '../sink';
import { versionedRoot } from '../sql/history-tables';
import { TargetWriteError } from '../target-errors';
import {
	forgetStreams,
	readFacts,
	readLastRunId,
	readPartitions,
	storeFacts,
	storeLastRunId,
	storePartition,
	storeRun,
} from './bookkeeping';
import { sqliteFailure } from './failure';
import { HistoryWriter } from './history-writer';
import { readRecords } from './read-records';
import { RecordWriter } from './record-writer';
import { transact } from './transaction';

/** A run's hold on a SQLite target: each write is one transaction of rows, coverage and letters. */
export class SqliteSession implements SinkSession {
	readonly runId: string;
	readonly #ledger: PartitionLedger;
	readonly #history: HistoryWriter | undefined;
	#closed = false;
	readonly #writers = new Map<StreamName, RecordWriter>();

	constructor(
		private readonly target: string,
		private readonly database: DatabaseSync,
		private readonly lock: TargetLock,
		keepsHistory: boolean,
		private readonly file: FileWatch,
	) {
		this.runId = makeRunId(readLastRunId(database));
		transact(database, () => storeLastRunId(database, this.runId));
		this.#ledger = new PartitionLedger(readPartitions(database), readFacts(database));
		this.#history = keepsHistory ? new HistoryWriter(database) : undefined;
	}

	get partitions(): readonly PartitionState[] {
		return this.#ledger.states;
	}

	get facts(): Facts {
		return this.#ledger.facts;
	}

	async write(batch: Batch): Promise<Counts> {
		const stamp = { extractedAt: batch.extractedAt, runId: this.runId };
		const state = this.#ledger.preview(batch);
		const counts = this.#attempt(() =>
			transact(this.database, () => {
				const written = this.#writerFor(batch.partition.stream).write(batch.records, stamp);
				storePartition(this.database, state);
				storeFacts(this.database, this.#ledger.news(batch));
				return written;
			}),
		);
		this.#ledger.store(batch);
		return counts;
	}

	async *listRecords(stream: StreamName): AsyncGenerator<readonly StoredRecord[]> {
		const pages = readRecords(this.database, rootTableOf(stream));
		for (;;) {
			const page = this.#attempt(() => pages.next());
			if (page.done) return;
			yield page.value;
		}
	}

	async reset(streams: readonly StreamName[]): Promise<void> {
		this.#attempt(() => transact(this.database, () => forgetStreams(this.database, streams)));
		this.#ledger.forget(streams);
	}

	async finish(run: RunRecord): Promise<void> {
		this.#attempt(() => {
			// The sync of this one commit makes all earlier ones of the log durable with it.
			this.database.exec('PRAGMA synchronous = FULL');
			transact(this.database, () => storeRun(this.database, run));
		});
		this.#close();
	}

	async abandon(): Promise<void> {
		this.#close();
	}

	#writerFor(stream: StreamName): RecordWriter {
		let writer = this.#writers.get(stream);
		if (!writer) {
			const root = rootTableOf(stream);
			const history = root === versionedRoot ? this.#history : undefined;
			writer = new RecordWriter(this.database, root, history);
			this.#writers.set(stream, writer);
		}
		return writer;
	}

	#attempt<Result>(work: () => Result): Result {
		try {
			const result = work();
			this.file.check();
			return result;
		} catch (error) {
			if (sqliteFailure(error) === undefined) throw error;
			this.file.check();
			throw new TargetWriteError(this.target, error);
		}
	}

	#close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.database.close();
		this.lock.release();
	}
}
