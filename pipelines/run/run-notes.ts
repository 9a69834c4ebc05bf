import type { ConcurError } from '../../concur/errors';
import type { SummaryError, SummaryWarning } from './summary';

/** Errors listed in a summary; the log has them all. */
const MOST_ERRORS = 10;

/** Who wants to hear of them at once. */
export interface NoteListeners {
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
