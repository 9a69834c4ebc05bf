import { PAGE_LIMIT } from './window-query';

/** Smaller lists are common, and not worth a second look at each. */
const WORTH_A_LOOK = 10;

/** As often as this the same small length is no accident any more. */
const TOO_OFTEN = 3;

/** One in so many windows of a large run is listed once more although nothing speaks for it. */
const SAMPLE = 64;

/**
 * How long this server's pages get, and which of them may have been cut short without a word.
 *
 * A server that gives no more rows than, say, 25 whatever is asked gives itself away by giving 25
 * again and again and never more. So a page that is shorter than one seen before is no suspect; one
 * as long as the longest is, until a second look (`CheckWhole`) has shown that its list really ends
 * there. The longest page grows a few times in a run, then never again, and a full page ends it.
 */
export class PageSizes {
	/** Pages up to this length are known to be whole where they claim to be. */
	#proven = 0;
	#longest = 0;
	#timesLongest = 0;
	#windows = 0;
	#cut = Infinity;
	#claimed: number | undefined;
	#isDistrusted = false;

	/** Whether a page is full: more rows may follow, whatever it says. */
	isFull(rows: number, limit: number): boolean {
		return rows >= Math.min(limit, this.#cut);
	}

	/** Whether pages of that length were right to claim that others follow: this one need not prove it. */
	isClaimed(rows: number): boolean {
		return rows === this.#claimed;
	}

	/** A page that was not full said that others follow, and was right. */
	claim(rows: number): void {
		this.#claimed = rows;
	}

	/** How many rows a page may be expected to hold. */
	get usual(): number {
		return Math.min(PAGE_LIMIT, this.#cut);
	}

	/** Notes a page of any list. */
	see(rows: number): void {
		if (rows < this.#longest) return;
		if (rows > this.#longest) {
			// The longest so far could not have been a limit.
			this.#proven = Math.max(this.#proven, this.#longest);
			this.#longest = rows;
			this.#timesLongest = 0;
		}
		this.#timesLongest++;
		if (rows >= PAGE_LIMIT) this.#proven = PAGE_LIMIT;
	}

	/** Whether a window that seems to be whole, with so many rows, deserves a second look. */
	isSuspect(rows: number, isFromTheBeginning: boolean): boolean {
		const isSample = rows >= WORTH_A_LOOK && ++this.#windows % SAMPLE === 0;
		if (isSample) return true;
		if (this.#isDistrusted) return rows > 1;
		if (rows <= this.#proven || rows < 1) return false;
		return rows >= WORTH_A_LOOK || isFromTheBeginning || this.#timesLongest >= TOO_OFTEN;
	}

	/** A page of that length was looked at again and was whole. */
	prove(rows: number): void {
		this.#proven = Math.max(this.#proven, rows);
	}

	/** A page of that length was found to lack rows: from now on such pages count as full. */
	cut(rows: number): void {
		this.#cut = Math.min(this.#cut, Math.max(1, rows));
	}

	/** Lists of this server differ from call to call: from now on each is looked at twice. */
	distrust(): void {
		this.#isDistrusted = true;
	}
}
