import type { Coverage } from '../../windows/coverage';
import type { Window } from '../../windows/window';
import { nameOf } from '../partition-ledger';
import type { Partition, StreamName } from '../sink';
import type { RecentWindow } from './manifest';

/** Around a window, seconds that may list its records again: bounds may be inclusive or not. */
const margin = 2;

interface Listed {
	readonly window: Window;
	readonly fingerprints: Map<string, string>;
}

interface RecentPartition {
	readonly partition: Partition;
	readonly windows: Map<string, Listed>;
	/** In which of the windows a record is. */
	readonly byId: Map<string, Listed>;
	pruneAt: number;
}

/** Whether records of the window may be listed again, by it or by one beside it. */
export function mayComeAgain(window: Window, covered: Coverage): boolean {
	return !covered.isSettled({ from: Math.max(0, window.from - margin), to: window.to + margin });
}

/**
 * Fingerprints of the records that may be listed again, and of no others: files cannot be
 * searched, and remembering every record ever written would grow without end.
 */
export class RecentFingerprints {
	readonly #partitions = new Map<string, RecentPartition>();

	constructor(stored: readonly RecentWindow[]) {
		for (const { partition, window, fingerprints } of stored) {
			for (const [id, fingerprint] of Object.entries(fingerprints))
				this.remember(partition, id, window, fingerprint);
		}
	}

	find(partition: Partition, id: string): string | undefined {
		return this.#partitions.get(nameOf(partition))?.byId.get(id)?.fingerprints.get(id);
	}

	remember(partition: Partition, id: string, window: Window, fingerprint: string): void {
		const recent = this.#reach(partition);
		const name = `${window.from}-${window.to}`;
		let listed = recent.windows.get(name);
		if (!listed) recent.windows.set(name, (listed = { window, fingerprints: new Map() }));
		const before = recent.byId.get(id);
		if (before && before !== listed) before.fingerprints.delete(id);
		listed.fingerprints.set(id, fingerprint);
		recent.byId.set(id, listed);
	}

	/**
	 * Forgets the windows that will not be listed again. Looks only when the windows have doubled
	 * since the last look, so that its cost is spread evenly over all batches; `now` forces a look.
	 */
	prune(partition: Partition, covered: Coverage, now = false): void {
		const recent = this.#partitions.get(nameOf(partition));
		if (!recent || (!now && recent.windows.size < recent.pruneAt)) return;
		for (const [name, { window, fingerprints }] of recent.windows) {
			if (fingerprints.size > 0 && mayComeAgain(window, covered)) continue;
			for (const id of fingerprints.keys()) recent.byId.delete(id);
			recent.windows.delete(name);
		}
		recent.pruneAt = Math.max(16, recent.windows.size * 2);
	}

	/** Forgets one record. */
	drop(partition: Partition, id: string): void {
		const recent = this.#partitions.get(nameOf(partition));
		recent?.byId.get(id)?.fingerprints.delete(id);
		recent?.byId.delete(id);
	}

	forget(streams: readonly StreamName[]): void {
		for (const [name, { partition }] of this.#partitions) {
			if (streams.includes(partition.stream)) this.#partitions.delete(name);
		}
	}

	/** For the manifest. */
	list(): RecentWindow[] {
		return [...this.#partitions.values()].flatMap(({ partition, windows }) =>
			[...windows.values()]
				.filter(({ fingerprints }) => fingerprints.size > 0)
				.map(({ window, fingerprints }) => ({
					partition,
					window: { from: window.from, to: window.to },
					fingerprints: Object.fromEntries(fingerprints),
				})),
		);
	}

	#reach(partition: Partition): RecentPartition {
		const name = nameOf(partition);
		let recent = this.#partitions.get(name);
		if (!recent) {
			recent = { partition, windows: new Map(), byId: new Map(), pruneAt: 16 };
			this.#partitions.set(name, recent);
		}
		return recent;
	}
}
