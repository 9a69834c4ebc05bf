import { addCounts } from '../sinks/count-rows';
import type { Stamp } from '../sinks/extraction-stamps';
import type { Counts, DeadLetter, Detail, ExtractedRecord, SinkSession } from '../sinks/sink';
import { isPending } from './dead-letters';
import type { PartitionRun } from './partition-run';
import type { ReadRecords } from './read-records';

/** Records a batch gathers before it is stored: enough to pay for a commit, little to hold. */
const BATCH_RECORDS = 500;

/** Results are stored at the latest this many milliseconds after the last batch. */
const BATCH_AGE_MS = 2000;

interface Buffer {
	records: ExtractedRecord[];
	deadLetters: DeadLetter[];
	resolved: string[];
}

/**
 * Gathers what the windows bring and stores it in batches, one after the other. A partition's
 * coverage is read at the moment its records leave the buffer, so both always belong together.
 */
export class BatchWriter {
	/** By id: two windows beside each other may both have listed the record. */
	readonly #unread = new Map<string, DeadLetter>();
	#buffers = new Map<PartitionRun, Buffer>();
	#buffered = 0;
	#lastFlush = performance.now();
	#writing: Promise<void> = Promise.resolve();

	constructor(
		private readonly session: SinkSession,
		private readonly detail: Detail,
		/** Rows by table; every batch adds its own. */
		private readonly counts: Counts,
		/** Told with every batch. */
		private readonly stamp: () => Stamp,
		/** Whether several users' views may show the same request. */
		private readonly isShared: boolean,
	) {}

	/** Records that could not be read and will be tried again. */
	get deadLetters(): number {
		return [...this.#unread.values()].filter(isPending).length;
	}

	/** Records that could not be read and were let go. */
	get skipped(): number {
		return this.#unread.size - this.deadLetters;
	}

	/** Returns once there is room again: a slow sink slows the reading down. */
	async add(run: PartitionRun, read: ReadRecords): Promise<void> {
		let buffer = this.#buffers.get(run);
		if (!buffer) this.#buffers.set(run, (buffer = { records: [], deadLetters: [], resolved: [] }));
		const resolved = run.settle(read);
		// Another window's failure to read the same record is settled by this one's success.
		if (resolved.length > 0)
			buffer.deadLetters = buffer.deadLetters.filter(
				({ recordId }) => !resolved.includes(recordId),
			);
		for (const id of resolved) this.#unread.delete(id);
		for (const letter of read.deadLetters) this.#unread.set(letter.recordId, letter);
		buffer.records.push(...read.records);
		buffer.deadLetters.push(...read.deadLetters);
		buffer.resolved.push(...resolved);
		this.#buffered += read.records.length;
		const due = performance.now() - this.#lastFlush > BATCH_AGE_MS;
		if (due || this.#buffered >= BATCH_RECORDS) await this.flush();
	}

	/** Stores all that is gathered. */
	async flush(): Promise<void> {
		const batches = [...this.#buffers].map(([run, buffer]) => ({
			partition: run.partition,
			detail: this.detail,
			isShared: this.isShared,
			...this.stamp(),
			coverage: run.coverage.windows,
			...buffer,
			...(run.reread.openReadAt === undefined ? {} : { openReadAt: run.reread.openReadAt }),
		}));
		this.#buffers = new Map();
		this.#buffered = 0;
		this.#lastFlush = performance.now();
		this.#writing = this.#writing.then(async () => {
			for (const batch of batches) addCounts(this.counts, await this.session.write(batch));
		});
		await this.#writing;
	}
}
