import type { ConcurError } from '../../concur/errors';
import type { Partition } from '../sinks/sink';
import type { RunSummary, SummaryError, SummaryWarning } from './summary';

/** Errors listed in a summary; the log has them all. */
const MOST_ERRORS = 10;

/** A partition of which nothing is left to do in this run. */
export interface PartitionOutcome extends Partition {
	/** Nothing of it was left open. */
	readonly isComplete: boolean;
	/** How far it has been read, where it is read by windows of time. */
	readonly windows?: RunSummary['windows'] & Pick<RunSummary, 'since' | 'watermark'>;
}

/** Who wants to hear at once of what a run does and meets. */
export interface NoteListeners {
	/** The target is open. */
	readonly onStart?: ((runId: string) => void) | undefined;
	readonly onPartition?: ((outcome: PartitionOutcome) => void) | undefined;
	readonly onFailure?: ((error: SummaryError) => void) | undefined;
	readonly onWarning?: ((warning: SummaryWarning) => void) | undefined;
}

/** What a run has to say of itself beside its figures. */
export class RunNotes {
	readonly errors: SummaryError[] = [];
	readonly warnings: SummaryWarning[] = [];

	constructor(private readonly listeners: NoteListeners) {}

	fail(error: ConcurError, user?: string): void {
		const described = describeError(error, user);
		if (this.errors.length < MOST_ERRORS) this.errors.push(described);
		this.listeners.onFailure?.(described);
	}

	start(runId: string): void {
		this.listeners.onStart?.(runId);
	}

	finishPartition(outcome: PartitionOutcome): void {
		this.listeners.onPartition?.(outcome);
	}

	warn(warning: SummaryWarning): void {
		this.warnings.push(warning);
		this.listeners.onWarning?.(warning);
	}
}

function describeError(error: ConcurError, user: string | undefined): SummaryError {
	return {
		code: error.code,
		message: error.message,
		advice: error.advice,
		...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
		...(user ? { user } : {}),
	};
}
