/**
 * What Concur sent that the tables do not expect: unknown fields and values of another type, by
 * `table.path`. Holds names and counts only, never a value.
 */
export class Drift {
	readonly #counts = new Map<string, number>();
	#forgotten = 0;

	/** @param limit how many paths are kept apart; hostile or random names must not fill the memory */
	constructor(private readonly limit = 1000) {}

	count(path: string): void {
		const seen = this.#counts.get(path);
		if (seen === undefined && this.#counts.size >= this.limit) this.#forgotten++;
		else this.#counts.set(path, (seen ?? 0) + 1);
	}

	/** Count by `table.path`, in the order first seen. */
	get counts(): ReadonlyMap<string, number> {
		return this.#counts;
	}

	/** Count by `table.path`, for the run's summary. */
	toJSON(): Record<string, number> {
		return Object.fromEntries(this.#counts);
	}

	/** How many sightings were of paths beyond the limit. */
	get forgotten(): number {
		return this.#forgotten;
	}
}
