import { createHash } from 'node:crypto';

/** What is remembered of one record. */
export interface Remembered {
	/** A time by which the entry is forgotten; the caller chooses its meaning and unit. */
	readonly at: number;
	/** What the record is compared by when it is seen again. */
	readonly mark: string;
}

/** Sixty bits tell as many records apart as a poll will ever hold. */
const KEY_LENGTH = 10;

/**
 * What a watch remembers of records, kept small: the state of a workflow is one field in n8n's
 * database. As text it is one line a record: key, time in base 36, mark.
 */
export class Memory {
	readonly #entries = new Map<string, Remembered>();

	constructor(lines: readonly string[] = []) {
		for (const line of lines) {
			const [key = '', at = '', ...mark] = line.split(' ');
			this.#entries.set(key, { at: Number.parseInt(at, 36), mark: mark.join(' ') });
		}
	}

	get size(): number {
		return this.#entries.size;
	}

	get(id: string): Remembered | undefined {
		return this.#entries.get(shorten(id, KEY_LENGTH));
	}

	set(id: string, entry: Remembered): void {
		this.#entries.set(shorten(id, KEY_LENGTH), entry);
	}

	/** The latest time that is remembered, of those up to `most`. */
	latestUpTo(most: number): number | undefined {
		const times = [...this.#entries.values()].map(({ at }) => at).filter((at) => at <= most);
		return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
	}

	forgetBefore(at: number): void {
		for (const [key, entry] of this.#entries) if (entry.at < at) this.#entries.delete(key);
	}

	/** Keeps so many of the latest. Returns the latest time that was forgotten. */
	keepLatest(count: number): number | undefined {
		const surplus = this.#entries.size - count;
		if (surplus <= 0) return undefined;
		const oldest = [...this.#entries].sort(([, a], [, b]) => a.at - b.at).slice(0, surplus);
		for (const [key] of oldest) this.#entries.delete(key);
		return oldest.at(-1)?.[1].at;
	}

	toLines(): string[] {
		return [...this.#entries].map(([key, { at, mark }]) => `${key} ${at.toString(36)} ${mark}`);
	}
}

/** A short text that stands for a long one. */
export function shorten(text: string, length: number): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, length);
}
