import type { PartitionRun } from '../extract/partition-run';
import type { Window } from '../windows/window';
import type { InheritedFloors } from './span-notes';
import type { RunSummary } from './summary';

type StretchMarks = Pick<RunSummary, 'since' | 'watermark'>;

const NOTHING: Window = { from: 0, to: -1 };

/** Sums over the partitions of a run, without keeping the finished ones. */
export class RunTally {
	#unfinished = new Set<PartitionRun>();
	#partitionsDone = 0;
	#closed = 0;
	#open = 0;
	#failedRereads = 0;
	/** What the finished partitions have in common: each is complete from `from` to `to`. */
	#stretch: Window = { from: 0, to: Infinity };
	/** False while users are still to come, or one has nothing closed: then nothing is vouched for. */
	#complete = true;
	#floors: InheritedFloors = { partitions: 0, latest: 0 };
	#allUsersSeen = false;

	/** Passes the users on and notes when the last one has come. */
	async *countUsers(users: AsyncIterable<string>): AsyncGenerator<string> {
		yield* users;
		this.#allUsersSeen = true;
	}

	see(run: PartitionRun): void {
		if (run.pending > 0) this.#unfinished.add(run);
	}

	finish(run: PartitionRun): void {
		this.#unfinished.delete(run);
		this.#partitionsDone++;
		this.#closed += run.closed;
		this.#open += run.open;
		if (run.hasFailedReread) this.#failedRereads++;
		if (run.stretch) this.#stretch = intersect(this.#stretch, run.stretch);
		else this.#complete = false;
		this.#floors = addFloor(this.#floors, run);
	}

	get closed(): number {
		return this.#sum((run) => run.closed, this.#closed);
	}

	get open(): number {
		return this.#sum((run) => run.open, this.#open);
	}

	/** Partitions whose open records were due to be read again, and were not all listed. */
	get failedRereads(): number {
		return this.#sum((run) => Number(run.hasFailedReread), this.#failedRereads);
	}

	/**
	 * From when to when every change of each partition has been read. Nulls where a partition has
	 * nothing, where they have no time in common, or the run ended before it came to all of them.
	 */
	get complete(): StretchMarks {
		const stretches = [...this.#unfinished].map((run) => run.stretch);
		const { from, to } = stretches.reduce<Window>(
			(all, one) => intersect(all, one ?? NOTHING),
			this.#stretch,
		);
		if (!this.#allUsersSeen || !this.#complete || from > to || !Number.isFinite(to))
			return toStretchMarks(undefined);
		return toStretchMarks({ from, to });
	}

	/** Which partitions begin where an earlier run was told to. */
	get inheritedFloors(): InheritedFloors {
		return [...this.#unfinished].reduce(addFloor, this.#floors);
	}

	get progress() {
		return {
			partitionsDone: this.#partitionsDone,
			windowsClosed: this.closed,
			windowsQueued: this.#sum((run) => run.pending, 0),
		};
	}

	#sum(count: (run: PartitionRun) => number, start: number): number {
		return [...this.#unfinished].reduce((sum, run) => sum + count(run), start);
	}
}

function intersect(a: Window, b: Window): Window {
	return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}

function addFloor(
	floors: InheritedFloors,
	{ inheritedFloor: floor }: PartitionRun,
): InheritedFloors {
	if (floor === undefined) return floors;
	return { partitions: floors.partitions + 1, latest: Math.max(floors.latest, floor) };
}

/** A stretch of seconds as a summary tells it. */
export function toStretchMarks(stretch: Window | undefined): StretchMarks {
	if (!stretch) return { since: null, watermark: null };
	return { since: toIso(stretch.from), watermark: toIso(stretch.to) };
}

function toIso(second: number): string {
	return new Date(second * 1000).toISOString();
}
