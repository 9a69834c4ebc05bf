import { ConcurError } from '../../concur/errors';

/**
 * Failures, once the client's retries are used up, that say something about one window or record
 * and leave the others their chance. What is missing here (credentials, hosts, the target) would
 * stop all of them.
 */
const CONTAINED: ReadonlySet<string> = new Set([
	'CONCUR_BAD_BODY',
	'CONCUR_BAD_RECORD',
	'CONCUR_BAD_REQUEST',
	'CONCUR_BODY_TOO_LARGE',
	'CONCUR_CONFLICT',
	'CONCUR_FORBIDDEN',
	'CONCUR_NETWORK',
	'CONCUR_NOT_FOUND',
	'CONCUR_OTHER_RECORD',
	'CONCUR_RATE_LIMITED',
	'CONCUR_REFUSED',
	'CONCUR_TIMEOUT',
	'CONCUR_UNAVAILABLE',
	'CONCUR_UNEXPECTED_BODY',
	'CONCUR_WINDOW_UNSTABLE',
	// Of a child, that is: no id of a user's gets into a path here.
	'INVALID_ID',
]);

/** Whether the rest of the run may go on after this failure. */
export function isContained(error: unknown): error is ConcurError {
	return error instanceof ConcurError && CONTAINED.has(error.code);
}

/**
 * Of those, what Concur says of the one that was asked for: a user who is gone, or whom this token
 * may not read. The next user has nothing to do with it. All others (no connection, timeouts, rate
 * limits, 5xx, answers that are no answers) would most likely meet whoever comes next as well.
 */
const ABOUT_ONE: ReadonlySet<string> = new Set([
	'CONCUR_BAD_REQUEST',
	'CONCUR_CONFLICT',
	'CONCUR_FORBIDDEN',
	'CONCUR_NOT_FOUND',
	'CONCUR_REFUSED',
	'CONCUR_WINDOW_UNSTABLE',
]);

/** So many failures in a row, and no success, are not about what was asked for. */
const MOST_IN_A_ROW = 20;

/** Counts the failures that say nothing of what was asked for, to end what they would all end. */
export class FailureStreak {
	#length = 0;

	succeed(): void {
		this.#length = 0;
	}

	/** Notes a contained failure. @throws it, where it was one too many in a row. */
	fail(error: ConcurError): void {
		if (ABOUT_ONE.has(error.code)) return;
		if (++this.#length >= MOST_IN_A_ROW) throw error;
	}
}

/** What ended the reading of a stream early; what was read before it is stored. */
export interface ReadFailure {
	readonly error: unknown;
}
