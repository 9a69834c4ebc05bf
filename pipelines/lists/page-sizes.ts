import { PAGE_LIMIT } from './window-query';

/** The fact by which a target remembers what pages it was filled from: rows, and when that was. */
export const PAGE_FACT = 'list_page_rows';

/** What was seen a day ago may have changed since: somebody may have put a gateway between. */
const REMEMBERED_MS = 24 * 3_600_000;

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
 * there. The longest page grows a few times in a run, then never again, and a full page ends it; and
 * what one run has seen the next one need not see again, for a day.
 */
export class PageSizes {
	/** Pages of that length were looked at again, and were whole. */
	#proven = 0;
	#longest = 0;
	#timesLongest = 0;
	#windows = 0;
	#cut = Infinity;
	#claimed: number | undefined;
	#isDistrusted = false;
	/** As far as earlier runs know. */
	#remembered = 0;

	/** @param fact what an earlier run has stored, see {@link PAGE_FACT}. */
	constructor(fact?: string, now = Date.now()) {
		const [rows = '', at = ''] = fact?.split(' ') ?? [];
		const age = now - Date.parse(at);
		if (/^\d{1,3}$/.test(rows) && age >= 0 && age < REMEMBERED_MS) this.#remembered = Number(rows);
	}

	/** What a later run should know; undefined where an earlier one has stored as much. */
	toFact(now = Date.now()): string | undefined {
		if (this.#sure <= this.#remembered || this.#isDistrusted) return undefined;
		return `${this.#sure} ${new Date(now).toISOString()}`;
	}

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
			this.#longest = rows;
			this.#timesLongest = 0;
		}
		this.#timesLongest++;
	}

	/** Up to here no page can have been cut at a length that is always the same. */
	get #sure(): number {
		if (this.#longest >= PAGE_LIMIT) return PAGE_LIMIT;
		return Math.max(this.#proven, this.#remembered, this.#longest - 1);
	}

	/** Whether a window that seems to be whole, with so many rows, deserves a second look. */
	isSuspect(rows: number, isFromTheBeginning: boolean): boolean {
		const isSample = rows >= WORTH_A_LOOK && ++this.#windows % SAMPLE === 0;
		if (isSample) return true;
		if (this.#isDistrusted) return rows > 1;
		if (rows <= this.#sure || rows < 1) return false;
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
