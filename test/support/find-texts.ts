/** Bytes of a text that its hash is made of: its last ones, as many texts begin alike. */
const HASHED = 8;

const BUCKETS = 1 << 22;

/**
 * Finds any of many texts in one pass over the bytes, whatever their number: only where the hash of
 * the last eight bytes is that of some text, those texts are compared (Rabin and Karp's search).
 * @param texts ASCII, each of eight characters or more
 */
export function createTextFinder(texts: readonly string[]): (bytes: Buffer) => string[] {
	const isFilled = new Uint8Array(BUCKETS);
	const byBucket = new Map<number, Buffer[]>();
	for (const text of texts) {
		const wanted = Buffer.from(text, 'latin1');
		if (wanted.length < HASHED) throw new RangeError('a text is too short to be searched for');
		const end = wanted.length;
		const bucket = hash(wanted.readInt32LE(end - 8), wanted.readInt32LE(end - 4));
		isFilled[bucket] = 1;
		byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), wanted]);
	}
	return (bytes) => {
		const found = new Set<string>();
		let first = 0;
		let second = 0;
		for (let at = 0; at < bytes.length; at++) {
			first = (first >>> 8) | (second << 24);
			second = (second >>> 8) | ((bytes[at] ?? 0) << 24);
			const bucket = hash(first, second);
			if (isFilled[bucket] === 0) continue;
			for (const wanted of byBucket.get(bucket) ?? []) {
				const start = at + 1 - wanted.length;
				if (start >= 0 && bytes.compare(wanted, 0, wanted.length, start, at + 1) === 0)
					found.add(wanted.toString('latin1'));
			}
		}
		return [...found];
	};
}

function hash(first: number, second: number): number {
	return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 10;
}
