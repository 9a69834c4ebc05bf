import { read } from './ledger';

const chunkSize = 512;

/** Request indexes ordered by a column of times, in chunks, so that windows are found by bisection. */
export class TimeIndex {
	private chunks: number[][] = [];
	/** Number of requests in the index. */
	size = 0;

	/** Orders by whatever column the function yields (columns move when the ledger grows). */
	constructor(private readonly times: () => ArrayLike<number>) {}

	/** Replaces the content by many requests at once. */
	fill(indexes: readonly number[]): void {
		const sorted = [...indexes].sort((a, b) => this.compare(a, b));
		this.chunks = [];
		this.size = sorted.length;
		for (let i = 0; i < sorted.length; i += chunkSize) {
			this.chunks.push(sorted.slice(i, i + chunkSize));
		}
	}

	/** Adds one request. */
	add(index: number): void {
		this.size++;
		const at = this.chunkFor(index);
		const chunk = this.chunks[at];
		if (!chunk) {
			this.chunks.push([index]);
			return;
		}
		chunk.splice(this.placeIn(chunk, index), 0, index);
		if (chunk.length > chunkSize * 2) this.chunks.splice(at + 1, 0, chunk.splice(chunkSize));
	}

	/** Removes one request; its time must still be the one it was added with. */
	remove(index: number): void {
		const at = this.chunkFor(index);
		const chunk = this.chunks[at];
		const place = chunk ? this.placeIn(chunk, index) : 0;
		if (!chunk || chunk[place] !== index) return;
		chunk.splice(place, 1);
		this.size--;
		if (chunk.length === 0) this.chunks.splice(at, 1);
	}

	/** The requests with low <= time <= high, oldest first. */
	*within(low: number, high: number): Generator<number> {
		const times = this.times();
		for (let c = this.firstChunkReaching(low); c < this.chunks.length; c++) {
			for (const index of this.chunks[c] ?? []) {
				const time = read(times, index);
				if (time > high) return;
				if (time >= low) yield index;
			}
		}
	}

	private compare(a: number, b: number): number {
		const times = this.times();
		return read(times, a) - read(times, b) || a - b;
	}

	/** The last chunk whose first request is not after this one. */
	private chunkFor(index: number): number {
		let low = 0;
		let high = this.chunks.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			const first = this.chunks[middle]?.[0] ?? 0;
			if (this.compare(first, index) <= 0) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	private placeIn(chunk: readonly number[], index: number): number {
		let low = 0;
		let high = chunk.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.compare(chunk[middle] ?? 0, index) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private firstChunkReaching(time: number): number {
		const times = this.times();
		let low = 0;
		let high = this.chunks.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const last = this.chunks[middle]?.at(-1) ?? 0;
			if (read(times, last) < time) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
