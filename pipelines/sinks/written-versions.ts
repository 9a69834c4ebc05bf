import { hash } from 'node:crypto';

/** An empty slot; a hash that happens to be it is taken for its neighbour. */
const NONE = 0n;

const FIRST_SLOTS = 1024;

/**
 * Which version of each record this run has written last, for targets that are never searched: two
 * users' views may show the same request. Hashes only, 64 bits for the id and as many for the
 * version, in one array: 16 to 32 bytes a record, so that a run of a million stays small. Taking one
 * version for another needs both to be equal by chance.
 */
export class WrittenVersions {
	/** Pairs of id and version, each at the first free place from where its id points. */
	#slots = new BigUint64Array(2 * FIRST_SLOTS);
	#size = 0;

	/** Whether this version is the last one that was written. */
	has(id: string, version: string): boolean {
		const at = this.#find(this.#slots, digest(id));
		return this.#slots[at + 1] === digest(version);
	}

	/** Whether any version was written. */
	knows(id: string): boolean {
		return this.#slots[this.#find(this.#slots, digest(id))] !== NONE;
	}

	/** Notes the version as the last one. */
	set(id: string, version: string): void {
		if (this.#size * 4 > this.#slots.length) this.#grow();
		const key = digest(id);
		const at = this.#find(this.#slots, key);
		if (this.#slots[at] === NONE) this.#size++;
		this.#slots[at] = key;
		this.#slots[at + 1] = digest(version);
	}

	#grow(): void {
		const wider = new BigUint64Array(this.#slots.length * 2);
		for (let from = 0; from < this.#slots.length; from += 2) {
			const key = this.#slots[from] ?? NONE;
			if (key === NONE) continue;
			const at = this.#find(wider, key);
			wider[at] = key;
			wider[at + 1] = this.#slots[from + 1] ?? NONE;
		}
		this.#slots = wider;
	}

	/** Where the id stands, or would. */
	#find(slots: BigUint64Array, key: bigint): number {
		let at = Number(key & BigInt(slots.length / 2 - 1)) * 2;
		while (slots[at] !== NONE && slots[at] !== key) at = (at + 2) % slots.length;
		return at;
	}
}

function digest(text: string): bigint {
	return hash('sha256', text, 'buffer').readBigUInt64LE() || 1n;
}
