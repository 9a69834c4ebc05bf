import { stretchAround } from './stretch';
import { subtract, type ClosedWindow, type Window } from './window';

/**
 * Which seconds of modification time one partition has read.
 *
 * A second listed less than `overlap` seconds after it passed is *young*: Concur may since have
 * made a record visible in it. It counts as read until it is `overlap` old, is then listed once
 * more, and is *settled* for good. So late arrivals are found, and no second is read a third time.
 */
export class Coverage {
	/** Sorted, without neighbours that touch. */
	#settled: ClosedWindow[] = [];
	#young: ClosedWindow[] = [];
	/** The earliest second that any run was to read. */
	#begin: number | undefined;
	/** Whether all of it was closed by more than one sign of what time it was. */
	#isConfirmed: boolean;

	constructor(
		closed: readonly ClosedWindow[],
		private readonly overlap: number,
	) {
		for (const { from, to, listedAt } of closed) {
			if (to < from) this.beginAt(from);
			else this.close({ from, to, listedAt });
		}
		this.#isConfirmed = closed.every(({ confirmed }) => confirmed);
	}

	get isConfirmed(): boolean {
		return this.#isConfirmed;
	}

	/** Takes as confirmed what lies before a second, and opens the rest again. */
	confirmBefore(second: number): void {
		const { begin } = this;
		if (begin !== undefined) this.beginAt(begin);
		const doubted = [{ from: second, to: Infinity }];
		this.#settled = subtract(this.#settled, doubted);
		this.#young = subtract(this.#young, doubted);
		this.#isConfirmed = true;
	}

	/**
	 * Every closed window, sorted: what a sink stores and a later run starts from. Where the beginning
	 * is still open, a window without a second holds its place: without it, a later run would begin
	 * where the first closed window does.
	 */
	get windows(): ClosedWindow[] {
		const windows = this.#confirm([...this.#settled, ...this.#young].sort(byFrom));
		const [first] = windows;
		const begin = this.#begin;
		if (!first || begin === undefined || first.from <= begin) return windows;
		return [...this.#confirm([{ from: begin, to: begin - 1, listedAt: 0 }]), ...windows];
	}

	/** The first second of what is to be read; undefined where no run has said or read anything. */
	get begin(): number | undefined {
		return this.windows[0]?.from;
	}

	/** Notes from where a run reads: of several, the earliest counts. */
	beginAt(second: number): void {
		this.#begin = Math.min(this.#begin ?? second, second);
	}

	close(window: ClosedWindow): void {
		const boundary = window.listedAt - this.overlap;
		if (window.from <= boundary) this.#settle({ ...window, to: Math.min(window.to, boundary) });
		if (window.to > boundary) {
			const fresh = subtract(
				[{ ...window, from: Math.max(window.from, boundary + 1) }],
				this.#settled,
			);
			this.#young = [...subtract(this.#young, fresh), ...fresh].sort(byFrom);
		}
	}

	/** The parts of `range` that have to be listed at server second `now`. */
	gaps(range: Window, now: number): Window[] {
		if (range.to < range.from) return [];
		const unripe = this.#young.filter((young) => now < young.to + this.overlap);
		return subtract([{ from: range.from, to: range.to }], [...this.#settled, ...unripe]);
	}

	/** Whether no second of `range` will ever be listed again. */
	isSettled(range: Window): boolean {
		return subtract([range], this.#settled).length === 0;
	}

	/** All that is closed without a hole around `second`; undefined where that one is open. */
	stretchAround(second: number): Window | undefined {
		return stretchAround(this.windows, second);
	}

	#confirm(windows: ClosedWindow[]): ClosedWindow[] {
		return this.#isConfirmed ? windows.map((window) => ({ ...window, confirmed: true })) : windows;
	}

	#settle(window: ClosedWindow): void {
		this.#young = subtract(this.#young, [window]);
		const merged: ClosedWindow[] = [];
		for (const next of [...this.#settled, window].sort(byFrom)) {
			const last = merged.at(-1);
			if (last && next.from <= last.to + 1) {
				merged[merged.length - 1] = {
					from: last.from,
					to: Math.max(last.to, next.to),
					listedAt: Math.max(last.listedAt, next.listedAt),
				};
			} else {
				merged.push(next);
			}
		}
		this.#settled = merged;
	}
}

function byFrom(a: Window, b: Window): number {
	return a.from - b.from;
}
