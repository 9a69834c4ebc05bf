import { ConcurError } from '../../concur/errors';

/**
 * Failures, once the client's retries are used up, that say something about one window or record
 * and leave the others their chance. What is missing here (credentials, hosts, the target) would
 * stop all of them.
 */
const CONTAINED: ReadonlySet<string> = new Set([
	'CONCUR_BAD_BODY',
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
]);

/** Whether the rest of the run may go on after this failure. */
export function isContained(error: unknown): error is ConcurError {
	return error instanceof ConcurError && CONTAINED.has(error.code);
}

/** What ended the reading of a stream early; what was read before it is stored. */
export interface ReadFailure {
	readonly error: unknown;
}
