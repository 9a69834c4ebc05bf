import { nameOf } from '../partition-ledger';
import type { Partition, StreamName } from '../sink';
import type { OpenRecords } from './manifest';

/**
 * Fingerprints of the open records: they are read again although no window lists them, and files
 * cannot be searched for what they were when they were written last.
 */
export class OpenFingerprints {
	readonly #partitions = new Map<
		string,
		{ readonly partition: Partition; readonly fingerprints: Map<string, string> }
	>();

	constructor(stored: readonly OpenRecords[]) {
		for (const { partition, fingerprints } of stored)
			for (const [id, fingerprint] of Object.entries(fingerprints))
				this.remember(partition, id, fingerprint);
	}

	find(partition: Partition, id: string): string | undefined {
		return this.#partitions.get(nameOf(partition))?.fingerprints.get(id);
	}

	remember(partition: Partition, id: string, fingerprint: string): void {
		const name = nameOf(partition);
		let open = this.#partitions.get(name);
		if (!open) this.#partitions.set(name, (open = { partition, fingerprints: new Map() }));
		open.fingerprints.set(id, fingerprint);
	}

	/** Forgets a record that is not open any more. */
	drop(partition: Partition, id: string): void {
		this.#partitions.get(nameOf(partition))?.fingerprints.delete(id);
	}

	forget(streams: readonly StreamName[]): void {
		for (const [name, { partition }] of this.#partitions)
			if (streams.includes(partition.stream)) this.#partitions.delete(name);
	}

	/** For the manifest. */
	list(): OpenRecords[] {
		return [...this.#partitions.values()]
			.filter(({ fingerprints }) => fingerprints.size > 0)
			.map(({ partition, fingerprints }) => ({
				partition,
				fingerprints: Object.fromEntries(fingerprints),
			}));
	}
}
