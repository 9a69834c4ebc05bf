/** Mixes 32-bit numbers into one 32-bit number (murmur3's finisher over each part). */
export function mix(...parts: number[]): number {
	let hash = 0x9747b28c;
	for (const part of parts) {
		hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
		hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
		hash ^= hash >>> 16;
	}
	return hash >>> 0;
}

/** A small seeded generator (mulberry32): the same seed always yields the same world. */
export class Random {
	private state: number;

	/** Starts the generator; the parts are mixed into one seed. */
	constructor(...seed: number[]) {
		this.state = mix(...seed);
	}

	/** The next number in [0, 1). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number in [low, high]. */
	between(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** True with the given probability. */
	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** One of the choices. */
	pick<T>(choices: readonly T[]): T {
		const choice = choices[Math.floor(this.next() * choices.length)];
		if (choice === undefined) throw new RangeError('nothing to pick from');
		return choice;
	}

	/** Lower-case hex digits. */
	hex(digits: number): string {
		let text = '';
		while (text.length < digits) {
			text += Math.floor(this.next() * 4294967296)
				.toString(16)
				.padStart(8, '0');
		}
		return text.slice(0, digits);
	}

	/** A version-4 shaped UUID in lower case. */
	uuid(): string {
		const h = this.hex(32);
		return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
	}
}
