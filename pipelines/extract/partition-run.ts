import type { DeadLetter, ExtractedRecord, Partition, PartitionState } from '../sinks/sink';
import { Coverage } from '../windows/coverage';
import type { Window } from '../windows/window';
import type { WindowResult, WindowTask } from './extract-window';
import type { OpenWindow } from './list-window';

/** The span of modification times a run was asked for, in seconds. */
export interface Span {
	/** Undefined: from where the target begins, or from the beginning of time. */
	readonly from: number | undefined;
	/** Undefined: up to the server's present. */
	readonly until: number | undefined;
}

/** One partition during a run: what of it is closed, and what has to be listed next. */
export class PartitionRun {
	readonly coverage: Coverage;
	/** Tasks that are queued or under way. */
	pending = 0;
	/** Windows that stay open when this run ends. */
	open = 0;
	closed = 0;

	readonly #start: number;
	readonly #until: number;
	/** Earlier runs' dead letters, by record. */
	readonly #buried: Map<string, DeadLetter>;
	#planned = false;

	constructor(
		readonly partition: Partition,
		readonly order: number,
		stored: PartitionState | undefined,
		overlap: number,
		span: Span,
	) {
		this.coverage = new Coverage(stored?.coverage ?? [], overlap);
		this.#start = span.from ?? this.coverage.windows[0]?.from ?? 0;
		this.#until = span.until ?? Infinity;
		this.#buried = new Map(stored?.deadLetters.map((letter) => [letter.recordId, letter]));
	}

	/**
	 * The newest gap, which is listed first: its answer tells the server's time, by which the other
	 * gaps are judged. Nothing where the span is read already.
	 *
	 * @param now the server's second, where an earlier call has told it.
	 */
	planNewest(now: number | undefined): WindowTask | undefined {
		const gaps = this.coverage.gaps({ from: this.#start, to: this.#until }, now ?? -Infinity);
		const newest = gaps.at(-1);
		return newest && this.#task(newest);
	}

	/**
	 * Takes in a result and says what to list next. The caller stores `read` with the coverage.
	 */
	take(task: WindowTask, result: WindowResult): WindowTask[] {
		const { from } = task.window;
		const next = result.kind === 'split' ? [...result.parts] : [];
		if (result.kind === 'read') {
			if (result.deadLetters.length > 0) this.open++;
			else if (result.end >= from) this.#close({ from, to: result.end }, result.listedAt);
		}
		return [...this.#planOlder(from, result.listedAt), ...next.map((window) => this.#task(window))];
	}

	/** Leaves a window open that could not be listed, and says what to list all the same. */
	fail(task: WindowTask, now: number | undefined): WindowTask[] {
		this.open++;
		return now === undefined ? [] : this.#planOlder(task.window.from, now);
	}

	/** The second up to which every change since the span's start has been read. */
	get watermark(): number | undefined {
		return this.coverage.watermarkSince(this.#start);
	}

	/**
	 * Ids that an earlier run had to bury and that are settled now: read, or listed no more in a
	 * window that has closed since (a request that was deleted, say).
	 */
	resolve({ records }: { records: readonly ExtractedRecord[] }): string[] {
		if (this.#buried.size === 0) return [];
		const closed = [...this.#buried.values()].filter(
			({ window }) => this.coverage.gaps(window, -Infinity).length === 0,
		);
		const ids = [...records.map(({ id }) => id), ...closed.map(({ recordId }) => recordId)];
		return ids.filter((id) => this.#buried.delete(id));
	}

	/** The gaps before the newest one, once. */
	#planOlder(from: number, now: number): WindowTask[] {
		if (this.#planned) return [];
		this.#planned = true;
		const gaps = this.coverage.gaps({ from: this.#start, to: from - 1 }, now);
		return gaps.map((window) => this.#task(window));
	}

	#close(window: Window, listedAt: number): void {
		this.coverage.close({ ...window, listedAt });
		this.closed++;
	}

	#task(window: Window): WindowTask {
		const open: OpenWindow = { from: window.from, to: undefined };
		return { partition: this.partition, window: window.to === Infinity ? open : window };
	}
}
