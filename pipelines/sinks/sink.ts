import type { ClosedWindow, Window } from '../windows/window';
import type { Row } from '../tables/table';

export const streamNames = ['travel-requests', 'connection-requests'] as const;
export type StreamName = (typeof streamNames)[number];
export type Detail = 'list' | 'request' | 'full';

/** What is extracted on its own watermark: one stream, as one user's one view shows it. */
export interface Partition {
	readonly stream: StreamName;
	/** Concur user UUID, or '' for the token's own user. */
	readonly user: string;
	/** A travel-request view such as `ALL`. */
	readonly view: string;
}

/** One record with all its rows: the root row first, then its children's. They are stored together. */
export interface ExtractedRecord {
	readonly id: string;
	/** The window that listed it, or that may list it once more. */
	readonly window: Window;
	/** Changes exactly when the record or one of its children changes. */
	readonly fingerprint: string;
	readonly rows: readonly Row[];
	/** The children's tables that `rows` replaces, also where a table has no row in it. */
	readonly childTables: readonly string[];
	/** Set when Concur answered 404 for it: the time of that answer. Its rows are then empty. */
	readonly deletedAt?: string;
	/**
	 * Whether some of it may change without its modification time, so that it will be read again
	 * although no window lists it: a target that cannot be searched has to remember what it wrote.
	 */
	readonly isOpen?: boolean;
}

/** A record that could not be read, kept so that nobody has to guess what is missing. */
export interface DeadLetter {
	readonly recordId: string;
	readonly window: Window;
	readonly code: string;
	readonly message: string;
	readonly correlationId?: string;
	readonly failedAt: string;
	/** Runs that have tried to read it. */
	readonly attempts: number;
	/** Set once it is let go after so many attempts: its window then closes without it. */
	readonly skippedAt?: string;
}

/** When a record of a queue was in it: nothing in Concur tells. */
export interface Sighting {
	readonly id: string;
	/** `YYYY-MM-DDTHH:mm:ss.SSSZ` */
	readonly firstSeen: string;
	readonly lastSeen: string;
}

/**
 * What a target remembers of itself beside its rows: whose it is, say. A `reset` leaves it.
 * Names are lower case with underscores, values short texts without secrets.
 */
export type Facts = Readonly<Record<string, string>>;

/** What is stored together: records, and the coverage of their partition once they are stored. */
export interface Batch {
	readonly partition: Partition;
	readonly detail: Detail;
	/** When these records were read: `YYYY-MM-DDTHH:mm:ss.SSSZ`. */
	readonly extractedAt: string;
	readonly records: readonly ExtractedRecord[];
	/** Every closed window of the partition, this batch's included; replaces what was stored. */
	readonly coverage: readonly ClosedWindow[];
	readonly deadLetters: readonly DeadLetter[];
	/** Ids of earlier dead letters of this partition that have been read since. */
	readonly resolved: readonly string[];
	/**
	 * Whether another partition of this run may bring the same records, so that a target that cannot
	 * be searched has to remember what it wrote.
	 */
	readonly isShared?: boolean;
	/** Where given, replaces what was stored. */
	readonly openReadAt?: number;
	/** Where given, replaces what was stored. */
	readonly sightings?: readonly Sighting[];
	/** Added to what the target remembers; a name that is there gets the new value. */
	readonly facts?: Facts;
}

export interface TableCounts {
	inserted: number;
	updated: number;
	unchanged: number;
	deleted: number;
}

/** What a target knows of a record without reading its content. */
export interface StoredRecord {
	readonly id: string;
	/** The Concur user it belongs to; undefined where the record does not say. */
	readonly owner: string | undefined;
	readonly isDeleted: boolean;
}

/** Rows by table name. */
export type Counts = Record<string, TableCounts>;

export interface PartitionState {
	readonly partition: Partition;
	readonly detail: Detail;
	readonly coverage: readonly ClosedWindow[];
	readonly deadLetters: readonly DeadLetter[];
	/** The server's second by which all open records were last read again; undefined where never. */
	readonly openReadAt?: number;
	/** Records seen in a queue, of late; undefined for streams that are none. */
	readonly sightings?: readonly Sighting[];
}

export interface RunRecord {
	readonly runId: string;
	readonly startedAt: string;
	readonly finishedAt: string;
	readonly status: 'complete' | 'incomplete' | 'failed' | 'interrupted';
	/** The summary as printed with `--json`, and what else the run recorded. */
	readonly summary: Readonly<Record<string, unknown>>;
}

export interface OpenOptions {
	/** Seconds a closed window stays young (see Coverage): its records will be listed once more. */
	readonly overlap: number;
	/**
	 * Whether to keep every version of every travel request from now on. A target that keeps a
	 * history goes on with it without being asked.
	 */
	readonly history?: boolean;
}

/**
 * Where rows go. Data and coverage are committed together: whatever moment the process dies at,
 * the next `open` finds the records of exactly the coverage it reports, and no half of a record.
 */
export interface Sink {
	/** The target as the user wrote it, without secrets. */
	readonly target: string;
	/** Whether it adds rows and never looks at old ones, so that it cannot tell new from changed. */
	readonly appendOnly: boolean;
	/** Whether standard output belongs to its messages, so that nothing else may be printed there. */
	readonly usesStdout?: boolean;
	/**
	 * Locks the target, clears what a killed run left uncommitted, creates or migrates the tables.
	 * @throws {ConfigurationError} when the target is foreign, unwritable, corrupt or newer.
	 * @throws {TargetLockedError} when another run holds it.
	 */
	open(options: OpenOptions): Promise<SinkSession>;
	/** Reads the state without locking; undefined where the target does not exist yet. */
	inspect(): Promise<SinkInspection | undefined>;
}

export interface SinkInspection {
	readonly partitions: readonly PartitionState[];
	readonly facts: Facts;
	/** Newest first. */
	readonly runs: readonly RunRecord[];
	/** Rows by table, deleted ones left out where the sink can tell. */
	readonly rows: Readonly<Record<string, number>>;
	/** Files that are no longer as they were written, in sentences; absent where there are no files. */
	readonly damage?: readonly string[];
}

export interface SinkSession {
	/** The state as it is now: what `open` found, with every write and reset since. */
	readonly partitions: readonly PartitionState[];
	/** What the target remembers now. */
	readonly facts: Facts;
	/** A run id greater than every earlier one of this target. */
	readonly runId: string;
	/** Stores a batch. It is durable at the latest once `finish` has returned. */
	write(batch: Batch): Promise<Counts>;
	/**
	 * Every record of a stream that the target has, deleted ones included, by pages; nobody writes
	 * while they are read. Absent where a target only takes rows and is never searched.
	 */
	listRecords?(stream: StreamName): AsyncIterable<readonly StoredRecord[]>;
	/** Forgets coverage and dead letters of the given streams; rows stay. */
	reset(streams: readonly StreamName[]): Promise<void>;
	/** Commits what is written, records the run, and unlocks. */
	finish(run: RunRecord): Promise<void>;
	/** Unlocks without committing what no earlier commit covered. */
	abandon(): Promise<void>;
}
