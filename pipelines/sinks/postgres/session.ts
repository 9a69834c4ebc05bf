import { rootTableOf } from '../../tables/catalog';
import type { PartitionLedger } from '../partition-ledger';
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
import type { AdvisoryLock } from './advisory-lock';
import { forgetStreams, storeFacts, storePartition, storeRun } from './bookkeeping';
import type { Connection } from './connection';
import { explainFailure } from './failures';
import type { HistoryWriter } from './history-writer';
import { readRecordPage } from './read-records';
import { RecordWriter } from './record-writer';
import type { PostgresTarget } from './target-url';
import type { Transactions } from './transactions';

/** A run's hold on a schema: each write is one transaction of rows, coverage and letters. */
export class PostgresSession implements SinkSession {
	readonly #writers = new Map<StreamName, RecordWriter>();

	constructor(
		private readonly target: PostgresTarget,
		readonly runId: string,
		private readonly ledger: PartitionLedger,
		private readonly transactions: Transactions,
		private readonly lock: AdvisoryLock,
		private readonly history: HistoryWriter | undefined,
	) {}

	get partitions(): readonly PartitionState[] {
		return this.ledger.states;
	}

	get facts(): Facts {
		return this.ledger.facts;
	}

	async write(batch: Batch): Promise<Counts> {
		const stamp = { extractedAt: batch.extractedAt, runId: this.runId };
		const state = this.ledger.preview(batch);
		const counts = await this.#transact(async (connection) => {
			const writer = this.#writerFor(batch.partition.stream);
			const written = await writer.write(connection, batch.records, stamp);
			await storePartition(connection, this.target.schema, state);
			await storeFacts(connection, this.target.schema, this.ledger.news(batch));
			return written;
		});
		this.ledger.store(batch);
		return counts;
	}

	async *listRecords(stream: StreamName): AsyncGenerator<readonly StoredRecord[]> {
		const { schema } = this.target;
		let after = '';
		for (;;) {
			const page = await this.#transact((connection) =>
				readRecordPage(connection, schema, rootTableOf(stream), after),
			);
			const last = page.at(-1);
			if (!last) return;
			after = last.id;
			yield page;
		}
	}

	async reset(streams: readonly StreamName[]): Promise<void> {
		await this.#transact((connection) => forgetStreams(connection, this.target.schema, streams));
		this.ledger.forget(streams);
	}

	async finish(run: RunRecord): Promise<void> {
		await this.#transact((connection) => storeRun(connection, this.target.schema, run));
		await this.#close();
	}

	async abandon(): Promise<void> {
		await this.#close();
	}

	#writerFor(stream: StreamName): RecordWriter {
		let writer = this.#writers.get(stream);
		if (!writer) {
			const root = rootTableOf(stream);
			const history = root === versionedRoot ? this.history : undefined;
			writer = new RecordWriter(this.target.schema, root, history);
			this.#writers.set(stream, writer);
		}
		return writer;
	}

	async #transact<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
		try {
			return await this.transactions.run(work);
		} catch (error) {
			throw explainFailure(this.target.label, error, 'writing');
		}
	}

	async #close(): Promise<void> {
		await this.transactions.close();
		await this.lock.release();
	}
}
