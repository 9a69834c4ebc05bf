import type { Partition } from '../sinks/sink';
import { deletedRecord } from '../tables/flatten';
import { NO_WINDOW } from '../windows/window';
import type { Brake } from './brake';
import type { ReconcileWriter } from './reconcile-writer';
import type { ReconcileTally } from './summary';

/** Records marked together. */
const BATCH_RECORDS = 100;

/** The requests that are found to be gone. None is marked before all partitions have been judged. */
export class Deletions {
	/** When Concur said so, by id. */
	readonly #gone = new Map<Partition, Map<string, string>>();
	readonly #ids = new Set<string>();

	constructor(
		private readonly brake: Brake,
		/** Living requests of the target: no partition, nor all of them together, can have more. */
		private readonly living: number,
	) {}

	/** @throws what the brake throws where these are too many already, whatever is still to come. */
	add(partition: Partition, id: string, at: string): void {
		if (this.#ids.has(id)) return;
		this.#ids.add(id);
		const gone = this.#gone.get(partition);
		if (gone) gone.set(id, at);
		else this.#gone.set(partition, new Map([[id, at]]));
		this.brake.check(this.#ids.size, this.living);
	}

	/**
	 * Marks them all, batch by batch until told to stop.
	 * @throws what the brake throws, before the first is marked.
	 */
	async mark(writer: ReconcileWriter, tally: ReconcileTally, signal: AbortSignal): Promise<void> {
		this.brake.check(this.#ids.size, tally.checked);
		for (const [partition, gone] of this.#gone) {
			const records = [...gone].map(([id, at]) => deletedRecord(id, NO_WINDOW, at));
			for (let from = 0; from < records.length && !signal.aborted; from += BATCH_RECORDS) {
				const batch = records.slice(from, from + BATCH_RECORDS);
				await writer.store(partition, batch);
				tally.deleted += batch.length;
			}
		}
	}
}
