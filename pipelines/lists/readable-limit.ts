import { PAGE_LIMIT } from './window-query';

/** So many answers in a row that could be read before longer ones are tried again. */
const PATIENCE = 16;

/** So many answers in a row too large to read, each of a single row: all of them are. */
const MOST_IN_VAIN = 4;

/** How many rows to ask for at once where an answer can be too large to read. */
export class ReadableLimit {
	#limit = PAGE_LIMIT;
	#sound = 0;
	#inVain = 0;

	get rows(): number {
		return this.#limit;
	}

	/** Whether not even single rows can be read, wherever one looks. */
	get isHopeless(): boolean {
		return this.#inVain >= MOST_IN_VAIN;
	}

	/** An answer of at most so many rows could be read. */
	succeed(): void {
		this.#inVain = 0;
		if (this.#limit === PAGE_LIMIT || ++this.#sound < PATIENCE) return;
		this.#limit = Math.min(PAGE_LIMIT, this.#limit * 2);
		this.#sound = 0;
	}

	/** An answer was too large. Returns whether fewer rows can be asked for. */
	shrink(asked: number): boolean {
		this.#sound = 0;
		if (asked > 1) {
			this.#limit = Math.min(this.#limit, Math.ceil(asked / 2));
			return true;
		}
		// One record is too large; that says nothing of the others.
		this.#inVain++;
		this.#limit = PAGE_LIMIT;
		return false;
	}
}
