import { parseHttpDate } from '../time';

/** So many of the latest are asked: enough to outvote a few, few enough to follow a clock. */
const MOST_KEPT = 15;

/** What one answer's `Date` says, as what server milliseconds are ahead of monotonic ones. */
interface Claim {
	/** At least so much: `Date` is cut to the second and was written before it arrived. */
	readonly least: number;
	/** At most so much: `Date` was written after the call was sent. */
	readonly most: number;
}

/**
 * The `Date` headers as one party that says what time it is. Any of them may be wrong: gateways have
 * clocks of their own, and a cache repeats an old answer with its old `Date`.
 */
export class AnswerDates {
	#answers = 0;
	readonly #latest: Claim[] = [];
	/** Of all answers: against the monotonic clock, and against this machine's at that moment. */
	readonly #spread = new Spread();
	readonly #localSpread = new Spread();

	/**
	 * Returns the server's time that the header names, where it can be read.
	 *
	 * @param sentMs and `arrivedMs` monotonic; `local` is what this machine's clock is ahead of that.
	 */
	add(
		date: string | undefined,
		sentMs: number,
		arrivedMs: number,
		local: number,
	): number | undefined {
		this.#answers++;
		const named = date === undefined ? undefined : parseHttpDate(date);
		if (named === undefined) return undefined;
		const claim = { least: named - arrivedMs, most: named + 1000 - sentMs };
		this.#latest.push(claim);
		if (this.#latest.length > MOST_KEPT) this.#latest.shift();
		this.#spread.add(claim, 0);
		this.#localSpread.add(claim, local);
		return named;
	}

	/** Whether there were answers, and none had a `Date` that can be read. */
	get areMissing(): boolean {
		return this.#answers > 0 && this.#latest.length === 0;
	}

	/**
	 * What the middle one of the latest says; of two middles the earlier, so that one wrong `Date` of
	 * two does no harm.
	 */
	get claim(): Claim | undefined {
		const sorted = [...this.#latest].sort((a, b) => a.least - b.least);
		return sorted[Math.ceil(sorted.length / 2) - 1];
	}

	/**
	 * The two that differ most, and by how much for sure: the monotonic clock stands still while a
	 * machine sleeps, and its other clock may be set, so both must say so.
	 */
	get extremes(): { earliest: number; youngest: number; apart: number } | undefined {
		const { earliest, youngest } = this.#spread;
		if (earliest === undefined || youngest === undefined) return undefined;
		const apart = Math.min(this.#spread.apart, this.#localSpread.apart);
		return { earliest, youngest, apart };
	}
}

/** The earliest and the youngest of claims, each against some clock. */
class Spread {
	earliest: number | undefined;
	youngest: number | undefined;

	add({ least, most }: Claim, clock: number): void {
		this.earliest = Math.min(this.earliest ?? Infinity, most - clock);
		this.youngest = Math.max(this.youngest ?? -Infinity, least - clock);
	}

	get apart(): number {
		return (this.youngest ?? 0) - (this.earliest ?? 0);
	}
}
