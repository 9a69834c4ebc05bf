import type { ConcurError } from '../../concur/errors';
import type { SummaryError, SummaryWarning } from '../run/summary';
import type { Counts, RunRecord } from '../sinks/sink';

/** What `reconcile` did: the line that `--json` prints, and what the target keeps of it. */
export interface ReconcileSummary {
	readonly command: 'reconcile';
	readonly runId: string;
	readonly status: RunRecord['status'];
	/** `incomplete`: nothing was deleted there. `notExported`: users that the target has not read. */
	readonly partitions: {
		readonly complete: number;
		readonly incomplete: number;
		readonly notExported: number;
	};
	/** Records of the target that were looked for in Concur's lists. */
	readonly checked: number;
	/** Records that Concur answered 404 for. */
	readonly deleted: number;
	/** Records that were marked as deleted and are there again. */
	readonly undeleted: number;
	/** Records that Concur listed and the target lacked; they are stored now. */
	readonly foundMissing: number;
	/** Records that no list shows although Concur has them; they were read again. */
	readonly hidden: number;
	/** Records that might be deleted, but Concur gave no answer that says so; they are left. */
	readonly unconfirmed: number;
	/** Records that Concur listed, the target lacks, and that could not be read. */
	readonly unreadable: number;
	/** The first few hidden ones. */
	readonly hiddenIds: readonly string[];
	readonly tables: Counts;
	readonly calls: number;
	readonly retries: number;
	readonly throttledMs: number;
	readonly durationMs: number;
	/** What Concur sent that the tables have no place for, by table and path. */
	readonly drift: Readonly<Record<string, number>>;
	readonly errors: readonly SummaryError[];
	/** What to look after although nothing is wrong with what was done. */
	readonly warnings: readonly SummaryWarning[];
}

/** Errors and ids listed in a summary; the counts tell the rest. */
const MOST_LISTED = 10;

/** What is counted while partitions are reconciled. */
export class ReconcileTally {
	readonly partitions = { complete: 0, incomplete: 0, notExported: 0 };
	checked = 0;
	deleted = 0;
	undeleted = 0;
	foundMissing = 0;
	hidden = 0;
	unconfirmed = 0;
	unreadable = 0;
	readonly hiddenIds: string[] = [];
	readonly errors: SummaryError[] = [];

	constructor(private readonly onFailure: ((error: SummaryError) => void) | undefined) {}

	/** Nothing was left undone. */
	get isComplete(): boolean {
		return this.partitions.incomplete + this.unconfirmed + this.unreadable === 0;
	}

	noteHidden(id: string): void {
		this.hidden++;
		if (this.hiddenIds.length < MOST_LISTED) this.hiddenIds.push(id);
	}

	/** @param about what it means for the target, in a sentence. */
	noteFailure(error: ConcurError, user: string, about: string): void {
		const described: SummaryError = {
			code: error.code,
			message: about === '' ? error.message : `${about} ${error.message}`,
			advice: error.advice,
			...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
			...(user === '' ? {} : { user }),
		};
		if (this.errors.length < MOST_LISTED) this.errors.push(described);
		this.onFailure?.(described);
	}

	get counts() {
		const { checked, deleted, undeleted, foundMissing, hidden, unconfirmed, unreadable } = this;
		return { checked, deleted, undeleted, foundMissing, hidden, unconfirmed, unreadable };
	}
}
