import { ConcurError } from '../../../concur/errors';
import { Coverage } from '../../windows/coverage';
import type { FileWatch } from '../file-watch';
import type { TargetLock } from '../lock';
import { PartitionLedger } from '../partition-ledger';
import type {
	Batch,
	Counts,
	Facts,
	PartitionState,
	RunRecord,
	SinkSession,
	StreamName,
} from '../sink';
import { TargetWriteError } from '../target-errors';
import { WrittenVersions } from '../written-versions';
import { buildManifest, type Manifest } from './manifest';
import { OpenFingerprints } from './open-fingerprints';
import { RecentFingerprints } from './recent-fingerprints';
import { stageBatch } from './record-stager';
import { nameRunDirectory, removeRun } from './run-directories';
import { Stage } from './stage';
import type { FileFormat } from './table-file';

/** Where a session starts from. */
export interface FolderStart {
	readonly target: string;
	readonly directory: string;
	readonly runId: string;
	readonly lock: TargetLock;
	/** Of the lock, which is held open: a folder that is made anew may be told apart by nothing else. */
	readonly watch: FileWatch;
	readonly overlap: number;
	/** The newest manifest, where there is one. */
	readonly manifest: Manifest | undefined;
	/** Directories that hold a manifest only; the next commit makes them superfluous. */
	readonly manifestOnly: readonly string[];
}

/** When a long run commits what it has. */
export interface RollRules {
	readonly rollRows: number;
	readonly rollMs: number;
}

/** A run's hold on a directory of run folders. */
export class FolderSession implements SinkSession {
	readonly runId: string;
	readonly #ledger: PartitionLedger;
	readonly #recent: RecentFingerprints;
	readonly #open: OpenFingerprints;
	readonly #written = new WrittenVersions();
	#runs: readonly RunRecord[];
	#manifestOnly: readonly string[];
	#stage: Stage | undefined;
	#part = 0;
	#state: 'open' | 'broken' | 'closed' = 'open';

	constructor(
		private readonly start: FolderStart,
		private readonly format: FileFormat,
		private readonly roll: RollRules,
	) {
		this.runId = start.runId;
		this.#ledger = new PartitionLedger(
			start.manifest?.partitions ?? [],
			start.manifest?.facts ?? {},
		);
		this.#recent = new RecentFingerprints(start.manifest?.recent ?? []);
		this.#open = new OpenFingerprints(start.manifest?.open ?? []);
		this.#runs = start.manifest?.runs ?? [];
		this.#manifestOnly = start.manifestOnly;
	}

	get partitions(): readonly PartitionState[] {
		return this.#ledger.states;
	}

	get facts(): Facts {
		return this.#ledger.facts;
	}

	async write(batch: Batch): Promise<Counts> {
		return this.#attempt(async () => {
			const stage = this.#openStage();
			const covered = new Coverage(batch.coverage, this.start.overlap);
			const known = { recent: this.#recent, open: this.#open, written: this.#written };
			const counts = await stageBatch(batch, covered, known, stage);
			this.#ledger.store(batch);
			this.#recent.prune(batch.partition, covered);
			if (stage.rows >= this.roll.rollRows || stage.age >= this.roll.rollMs) await this.#commit();
			return counts;
		});
	}

	async reset(streams: readonly StreamName[]): Promise<void> {
		await this.#attempt(async () => {
			this.#ledger.forget(streams);
			this.#recent.forget(streams);
			this.#open.forget(streams);
			await this.#commit();
		});
	}

	async finish(run: RunRecord): Promise<void> {
		await this.#attempt(async () => {
			this.#runs = [run, ...this.#runs.filter(({ runId }) => runId !== run.runId)];
			await this.#commit();
		});
		this.#close();
	}

	async abandon(): Promise<void> {
		if (this.#state === 'closed') return;
		try {
			await this.#stage?.discard();
		} finally {
			this.#close();
		}
	}

	#openStage(): Stage {
		if (this.#stage) return this.#stage;
		this.start.watch.check();
		return (this.#stage = new Stage(this.start.directory, this.runId, this.format));
	}

	/** Lets the staged files and the state appear together; a part holds whole batches only. */
	async #commit(): Promise<void> {
		this.start.watch.check();
		const stage = this.#openStage();
		const name = nameRunDirectory(this.runId, this.#part + 1);
		for (const { partition, coverage } of this.#ledger.states)
			this.#recent.prune(partition, new Coverage(coverage, this.start.overlap), true);
		await stage.commit(name, (files) =>
			buildManifest(this.format.scheme, {
				runId: this.runId,
				part: this.#part + 1,
				files,
				partitions: this.#ledger.states,
				facts: this.#ledger.facts,
				recent: this.#recent.list(),
				open: this.#open.list(),
				runs: this.#runs,
			}),
		);
		this.#part++;
		this.#stage = undefined;
		// The new manifest says all that these said, and they hold no rows.
		for (const old of this.#manifestOnly) removeRun(this.start.directory, old);
		this.#manifestOnly = stage.rows === 0 ? [name] : [];
	}

	/** After a failure the stage may hold half a batch: nothing of it may be committed any more. */
	async #attempt<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.#state !== 'open') throw new RangeError(`the session is ${this.#state}`);
		try {
			return await work();
		} catch (error) {
			this.#state = 'broken';
			if (error instanceof ConcurError || error instanceof RangeError) throw error;
			throw new TargetWriteError(this.start.target, error);
		}
	}

	#close(): void {
		this.#state = 'closed';
		this.start.lock.release();
	}
}
