import type { PartitionRun } from '../extract/partition-run';

/** Sums over the partitions of a run, without keeping the finished ones. */
export class RunTally {
	#unfinished = new Set<PartitionRun>();
	#partitionsDone = 0;
	#closed = 0;
	#open = 0;
	#failedRereads = 0;
	#watermark = Infinity;
	/** False while users are still to come, or one has nothing closed: then nothing is vouched for. */
	#complete = true;
	#allUsersSeen = false;

	/** Passes the users on and notes when the last one has come. */
	async *countUsers(users: AsyncIterable<string>): AsyncGenerator<string> {
		yield* users;
		this.#allUsersSeen = true;
	}

	see(run: PartitionRun): void {
		if (run.pending > 0) this.#unfinished.add(run);
	}

	finish(run: PartitionRun): void {
		this.#unfinished.delete(run);
		this.#partitionsDone++;
		this.#closed += run.closed;
		this.#open += run.open;
		if (run.hasFailedReread) this.#failedRereads++;
		if (run.watermark === undefined) this.#complete = false;
		else this.#watermark = Math.min(this.#watermark, run.watermark);
	}

	get closed(): number {
		return this.#sum((run) => run.closed, this.#closed);
	}

	get open(): number {
		return this.#sum((run) => run.open, this.#open);
	}

	/** Partitions whose open records were due to be read again, and were not all listed. */
	get failedRereads(): number {
		return this.#sum((run) => Number(run.hasFailedReread), this.#failedRereads);
	}

	/**
	 * The earliest of the partitions' watermarks: every change up to it has been read. Null where a
	 * partition has none, or the run ended before it came to all of them.
	 */
	get watermark(): string | null {
		const marks = [...this.#unfinished].map((run) => run.watermark);
		const earliest = Math.min(this.#watermark, ...marks.map((mark) => mark ?? -Infinity));
		if (!this.#allUsersSeen || !this.#complete || !Number.isFinite(earliest)) return null;
		return new Date(earliest * 1000).toISOString();
	}

	get progress() {
		return {
			partitionsDone: this.#partitionsDone,
			windowsClosed: this.closed,
			windowsQueued: this.#sum((run) => run.pending, 0),
		};
	}

	#sum(count: (run: PartitionRun) => number, start: number): number {
		return [...this.#unfinished].reduce((sum, run) => sum + count(run), start);
	}
}
