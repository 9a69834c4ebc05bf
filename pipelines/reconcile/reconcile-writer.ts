import { addCounts } from '../sinks/count-rows';
import type { ExtractionStamps } from '../sinks/extraction-stamps';
import { nameOf } from '../sinks/partition-ledger';
import type {
	Counts,
	ExtractedRecord,
	Partition,
	PartitionState,
	SinkSession,
} from '../sinks/sink';

/**
 * Stores what is found, one batch after the other, and leaves the coverage of every partition as it
 * is: a sweep says which records there are, not which changes have been read.
 */
export class ReconcileWriter {
	readonly counts: Counts = {};
	#writing: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly session: SinkSession,
		private readonly stamps: ExtractionStamps,
	) {}

	/** Returns what the batch changed, once it is stored. */
	async store(partition: Partition, records: readonly ExtractedRecord[]): Promise<Counts> {
		if (records.length === 0) return {};
		const written = this.#writing.then(() => {
			const { detail, coverage } = this.stateOf(partition);
			return this.session.write({
				partition,
				detail,
				...this.stamps.next(),
				records,
				coverage,
				deadLetters: [],
				// Who is read now need not be read first by the next run.
				resolved: records.map(({ id }) => id),
			});
		});
		// Whoever waits for a batch hears of its failure; the next one is tried all the same.
		this.#writing = written.catch(() => undefined);
		const counts = await written;
		addCounts(this.counts, counts);
		return counts;
	}

	/** @throws {RangeError} for a partition that the target does not have. */
	stateOf(partition: Partition): PartitionState {
		const name = nameOf(partition);
		const state = this.session.partitions.find((each) => nameOf(each.partition) === name);
		if (!state) throw new RangeError(`the target has no partition ${name}`);
		return state;
	}
}
