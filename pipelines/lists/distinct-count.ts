/** Texts that are kept to count by. */
const MOST_KEPT = 20_000;

/**
 * Counts how many different texts it is given, without keeping all of them: beyond some thousand it
 * keeps a share, chosen by what they are, and multiplies.
 */
export class DistinctCount {
	readonly #kept = new Set<string>();
	/** One in so many is kept. */
	#share = 1;

	get value(): number {
		return this.#kept.size * this.#share;
	}

	add(text: string): void {
		if (hash(text) % this.#share !== 0) return;
		this.#kept.add(text);
		if (this.#kept.size <= MOST_KEPT) return;
		this.#share *= 2;
		for (const each of this.#kept) if (hash(each) % this.#share !== 0) this.#kept.delete(each);
	}
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let place = 0; place < text.length; place++)
		value = Math.imul(value ^ text.charCodeAt(place), 0x01000193);
	// The low bits of FNV are the weaker ones.
	return (value >>> 0) ^ (value >>> 17);
}
