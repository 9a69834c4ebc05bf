import type { Batch, Facts, Partition, PartitionState, StreamName } from './sink';

/** The state of a target while a session changes it: of its partitions, and what it remembers. */
export class PartitionLedger {
	readonly #states = new Map<string, PartitionState>();

	#facts: Facts;

	constructor(states: readonly PartitionState[], facts: Facts) {
		for (const state of states) this.#states.set(nameOf(state.partition), state);
		this.#facts = facts;
	}

	get facts(): Facts {
		return this.#facts;
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

	/** What a batch teaches the target: facts that it does not remember yet, or otherwise. */
	news({ facts = {} }: Batch): [name: string, value: string][] {
		return Object.entries(facts).filter(([name, value]) => this.#facts[name] !== value);
	}

	/** Takes in a batch that is stored. */
	store(batch: Batch): void {
		this.#states.set(nameOf(batch.partition), this.preview(batch));
		this.#facts = { ...this.#facts, ...batch.facts };
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
