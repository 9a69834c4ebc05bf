import type { Batch, Partition, PartitionState, StreamName } from './sink';

/** The state of a target's partitions while a session changes it. */
export class PartitionLedger {
	readonly #states = new Map<string, PartitionState>();

	constructor(states: readonly PartitionState[]) {
		for (const state of states) this.#states.set(nameOf(state.partition), state);
	}

	get states(): PartitionState[] {
		return [...this.#states.values()];
	}

	/** The state of the batch's partition once the batch is stored. */
	preview(batch: Batch): PartitionState {
		const before = this.#states.get(nameOf(batch.partition));
		const letters = new Map(before?.deadLetters.map((letter) => [letter.recordId, letter]));
		for (const id of batch.resolved) letters.delete(id);
		// One letter a record: two windows beside each other may both have listed it.
		for (const letter of batch.deadLetters) letters.set(letter.recordId, letter);
		const { partition, detail, coverage } = batch;
		const openReadAt = batch.openReadAt ?? before?.openReadAt;
		const sightings = batch.sightings ?? before?.sightings;
		return {
			partition,
			detail,
			coverage,
			deadLetters: [...letters.values()],
			...(openReadAt === undefined ? {} : { openReadAt }),
			...(sightings === undefined ? {} : { sightings }),
		};
	}

	store(state: PartitionState): void {
		this.#states.set(nameOf(state.partition), state);
	}

	forget(streams: readonly StreamName[]): void {
		for (const [name, { partition }] of this.#states) {
			if (streams.includes(partition.stream)) this.#states.delete(name);
		}
	}
}

/** A text that two partitions share only when they are the same. */
export function nameOf({ stream, user, view }: Partition): string {
	return JSON.stringify([stream, user, view]);
}
