import type { DeadLetter, Partition, PartitionState } from '../sinks/sink';
import { Coverage } from '../windows/coverage';
import { findOverreach } from '../windows/find-overreach';
import { isNoWindow, subtract, type Window } from '../windows/window';
import { isStandIn } from './bad-record';
import { DeadLetters, isPending } from './dead-letters';
import type { WindowResult } from './extract-window';
import type { Split } from '../lists/split';
import type { OpenWindow } from '../lists/window-query';
import type { ReadRecords } from './read-records';
import { RereadSchedule, type RereadRules } from './reread-schedule';

/** The span of modification times a run was asked for, in seconds. */
export interface Span {
	/** Undefined: from where the target begins, or from the beginning of time. */
	readonly from: number | undefined;
	/** Undefined: up to the server's present. */
	readonly until: number | undefined;
}

export interface RunRules extends Omit<RereadRules, 'until'> {
	readonly span: Span;
	readonly overlap: number;
	/** Runs that try to read a record before it is let go; undefined: all of them. */
	readonly skipAfter: number | undefined;
	/** See `Provenance`; of the runs that filled the target. */
	readonly suspectSince: number | undefined;
	/** Called where coverage of an earlier version is opened again, with the second it is good for. */
	readonly onReopen: (from: number) => void;
}

/**
 * One thing to do: records to be tried again, a window to be listed, open records to be read again,
 * and to decide on what Concur says it does not have.
 */
export type Task =
	| { readonly kind: 'retry'; readonly letters: readonly DeadLetter[] }
	| {
			readonly kind: 'window';
			readonly window: Window | OpenWindow;
			/** The cutting of a window that it is a part of. */
			readonly split?: Split;
	  }
	| { readonly kind: 'reread'; readonly begin: number }
	| { readonly kind: 'judge' };

/** Dead letters that are tried together: as many as a page lists. */
const LETTERS_AT_ONCE = 100;

/** One partition during a run: what of it is closed, and what has to be done next. */
export class PartitionRun {
	readonly coverage: Coverage;
	readonly letters: DeadLetters;
	readonly reread: RereadSchedule;
	/** Tasks that are queued or under way. */
	pending = 0;
	closed = 0;
	/** Whether open records were due to be read again and could not all be listed. */
	hasFailedReread = false;

	readonly #start: number;
	readonly #until: number;
	#open = 0;
	#queuedWindows = 0;
	#hasPlannedOlder = false;
	/** What this run has listed while it had suspects. */
	readonly #listed: Window[] = [];
	/** Each is planned when all of the one before is done. */
	readonly #phases: (() => Task[])[];

	constructor(
		readonly partition: Partition,
		readonly order: number,
		stored: PartitionState | undefined,
		private readonly rules: RunRules,
	) {
		const { span, overlap, skipAfter } = rules;
		this.coverage = new Coverage(stored?.coverage ?? [], overlap);
		this.letters = new DeadLetters(stored?.deadLetters ?? [], skipAfter);
		this.reread = new RereadSchedule(stored, { ...rules, until: span.until });
		this.#start = span.from ?? this.coverage.begin ?? 0;
		this.coverage.beginAt(this.#start);
		this.#until = span.until ?? Infinity;
		this.#phases = [
			() => this.#planRetries(),
			() => this.#planNewest(),
			() => this.#planReread(),
			() => (this.letters.hasSuspects ? [{ kind: 'judge' }] : []),
		];
	}

	/** What to do once nothing of it is pending. Nothing: the partition is done. */
	planNext(): Task[] {
		for (let plan = this.#phases.shift(); plan; plan = this.#phases.shift()) {
			const tasks = plan();
			if (tasks.length > 0) return tasks;
		}
		return [];
	}

	/**
	 * Takes in what became of a window and says what to list next. The caller stores `read` with the
	 * coverage.
	 */
	take({ from }: Window | OpenWindow, result: WindowResult): Task[] {
		this.#queuedWindows--;
		this.#judgeInherited();
		const next = result.kind === 'split' ? this.#toTasks(result.parts, result.split) : [];
		if (result.kind === 'read') {
			if (this.letters.hasSuspects && result.end >= from)
				this.#listed.push({ from, to: result.end });
			if (result.deadLetters.some(isPending)) this.#open++;
			else if (result.end >= from) this.#close({ from, to: result.end }, result.listedAt);
		}
		return [...this.#planOlder(from, result.listedAt), ...next];
	}

	/** Leaves undone what could not be listed, and says what to list all the same. */
	fail(task: Task): Task[] {
		if (task.kind === 'reread') this.hasFailedReread = true;
		if (task.kind !== 'window') return [];
		this.#queuedWindows--;
		this.#open++;
		const { now } = this.rules.clock;
		return now === undefined ? [] : this.#planOlder(task.window.from, now);
	}

	/**
	 * Notes what was read, whichever task brought it. Returns the ids of those that had a dead letter.
	 */
	settle({ records, settled = [] }: ReadRecords): string[] {
		this.reread.note(records);
		return this.letters.resolve([...records.map(({ id }) => id), ...settled]);
	}

	/** Whether this run has listed all that might show a record which that window has shown. */
	hasListed(window: Window): boolean {
		if (isNoWindow(window)) return this.reread.isDone;
		return subtract([window], this.#listed).length === 0;
	}

	/**
	 * All seconds that a window will list, or list once more, up to now: from there may come again what
	 * was read without being listed.
	 */
	get unsettled(): Window {
		const to = this.rules.clock.latest;
		const [first] = this.coverage.gaps({ from: this.#start, to }, Infinity);
		return { from: first?.from ?? to, to };
	}

	/** Windows that stay open if this run ends here. */
	get open(): number {
		return this.#open + this.#queuedWindows;
	}

	/** From when to when every change has been read, around the span's start. */
	get stretch(): Window | undefined {
		return this.coverage.stretchAround(this.#start);
	}

	/** Where an earlier run was told to begin, and this one therefore begins without being told. */
	get inheritedFloor(): number | undefined {
		return this.rules.span.from === undefined && this.#start > 0 ? this.#start : undefined;
	}

	#planRetries(): Task[] {
		const { pending } = this.letters;
		// Thin rows come from lists only.
		const letters =
			this.rules.detail === 'list'
				? pending.filter(({ recordId }) => isStandIn(recordId))
				: pending;
		const tasks: Task[] = [];
		for (let from = 0; from < letters.length; from += LETTERS_AT_ONCE)
			tasks.push({ kind: 'retry', letters: letters.slice(from, from + LETTERS_AT_ONCE) });
		return tasks;
	}

	/**
	 * The newest gap, which is listed first: its answer tells the server's time, by which the other
	 * gaps are judged. Nothing where the span is read already.
	 */
	#planNewest(): Task[] {
		const now = this.rules.clock.now ?? -Infinity;
		const gaps = this.coverage.gaps({ from: this.#start, to: this.#until }, now);
		return this.#toTasks(gaps.slice(-1));
	}

	/** The gaps before the newest one, once. */
	#planOlder(from: number, now: number): Task[] {
		if (this.#hasPlannedOlder) return [];
		this.#hasPlannedOlder = true;
		return this.#toTasks(this.coverage.gaps({ from: this.#start, to: from - 1 }, now));
	}

	/** Opens again what an earlier version has closed too far, once it is known what time it is. */
	#judgeInherited(): void {
		const { clock, suspectSince, onReopen } = this.rules;
		const { now } = clock;
		if (this.coverage.isConfirmed || now === undefined) return;
		const from = findOverreach(this.coverage.windows, { now, suspectSince });
		this.coverage.confirmBefore(from);
		if (from !== Infinity) onReopen(from);
	}

	#planReread(): Task[] {
		const [first] = this.coverage.windows;
		return first && this.reread.isDue() ? [{ kind: 'reread', begin: first.from }] : [];
	}

	#close(window: Window, listedAt: number): void {
		this.coverage.close({ ...window, listedAt });
		this.closed++;
	}

	#toTasks(windows: readonly Window[], split?: Split): Task[] {
		this.#queuedWindows += windows.length;
		return windows.map((window) => {
			// What lies behind all parts is none of them.
			if (window.to === Infinity)
				return { kind: 'window', window: { from: window.from, to: undefined } };
			return { kind: 'window', window, ...(split && { split }) };
		});
	}
}
