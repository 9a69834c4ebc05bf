import pRetry, { AbortError } from 'p-retry';
import { systemSleep, type Sleep } from './clock';
import { isErrorLike } from './error-like';
import {
	AuthError,
	BadBodyError,
	ConcurError,
	HttpError,
	NetworkError,
	OutcomeUnknownError,
} from './errors';
import { businessFailures } from './http-error';
import { isCertificateError } from './network-errors';

/** How often and how patiently a call is repeated; all times in milliseconds. */
export interface RetryPolicy {
	/** Attempts in all, the first included. */
	readonly attempts: number;
	/** Upper bound of the first wait; doubles with each attempt, full jitter. */
	readonly baseMs: number;
	readonly capMs: number;
	/** A `Retry-After` of 0 occurs (list bulk v4 shows one) and must still be a pause. */
	readonly retryAfterFloorMs: number;
	readonly retryAfterCapMs: number;
	/** No where whoever authenticates has already renewed the token before a 401 is seen. */
	readonly repeatRefusedTokens: boolean;
	/** From 0 up to, not including, 1. */
	readonly random: () => number;
	readonly sleep: Sleep;
}

export const defaultRetryPolicy: RetryPolicy = {
	attempts: 8,
	baseMs: 500,
	capMs: 60_000,
	retryAfterFloorMs: 1_000,
	retryAfterCapMs: 300_000,
	repeatRefusedTokens: true,
	random: Math.random,
	sleep: systemSleep,
};

/**
 * `freely`: a repetition does no harm (GET, PUT of a field set, DELETE).
 * `never-blindly`: repeated only when Concur surely did not act; an unknown outcome becomes an
 * {@link OutcomeUnknownError} (POST; a connection-request PUT, which e-mails the traveler).
 */
export type Repeat = 'freely' | 'never-blindly';

/** What to do about a failure. */
export type Verdict = 'retry' | 'give-up' | 'outcome-unknown';

// Documented 503s in which Concur says that it did nothing yet.
const SURELY_NOT_ACTED = new Set(['circuitBreaker', 'entityOffline', 'CLIQBOOK_APPROVAL_RETRY']);

/** Decides on a failure by what may have happened on the other side. */
export function judge(
	error: unknown,
	repeat: Repeat,
	policy: Pick<RetryPolicy, 'repeatRefusedTokens'> = defaultRetryPolicy,
): Verdict {
	const onDoubt: Verdict = repeat === 'freely' ? 'retry' : 'outcome-unknown';
	if (error instanceof NetworkError) {
		if (isCertificateError(error)) return 'give-up';
		return error.sent ? onDoubt : 'retry';
	}
	if (error instanceof BadBodyError) return onDoubt;
	if (!(error instanceof HttpError) || error.status === undefined) return 'give-up';
	if (error.code === 'CONCUR_RATE_LIMITED') return 'retry';
	if (isTokenRefused(error)) return policy.repeatRefusedTokens ? 'retry' : 'give-up';
	if (error.status === 408) return onDoubt;
	if (error.status < 500) return 'give-up';
	const code = error.concurCode ?? '';
	if (businessFailures.has(code)) return 'give-up';
	return SURELY_NOT_ACTED.has(code) ? 'retry' : onDoubt;
}

/**
 * A 401 of an API. A token can die while the call is under way, a renewed one too, and Concur's
 * code is `invalidUser` either way: so it is repeated like any passing failure.
 */
export function isTokenRefused(error: unknown): boolean {
	return error instanceof HttpError && !(error instanceof AuthError) && error.status === 401;
}

/** How long to wait after attempt number `attempt` (from 1). */
export function delayAfter(error: unknown, attempt: number, policy: RetryPolicy): number {
	const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
	const backoff = Math.round(policy.random() * ceiling);
	const asked = error instanceof HttpError ? error.retryAfterMs : undefined;
	return asked === undefined ? backoff : Math.max(clampRetryAfter(asked, policy), backoff);
}

/** A `Retry-After` within the policy's floor and cap. */
export function clampRetryAfter(askedMs: number, policy: RetryPolicy): number {
	return Math.min(policy.retryAfterCapMs, Math.max(policy.retryAfterFloorMs, askedMs));
}

export interface RetryOptions {
	readonly policy: RetryPolicy;
	readonly repeat: Repeat;
	readonly signal?: AbortSignal | undefined;
	/** Told before each repetition. */
	readonly onRetry?: (error: Error, attempt: number, delayMs: number) => void;
}

/**
 * Runs `attempt` until it succeeds, the policy is used up or the failure is final, and throws the
 * last failure; on abort it throws the signal's reason at once, also while waiting.
 */
export async function retrying<T>(
	attempt: (number: number) => Promise<T>,
	{ policy, repeat, signal, onRetry }: RetryOptions,
): Promise<T> {
	async function judged(number: number): Promise<T> {
		try {
			return await attempt(number);
		} catch (error) {
			if (signal?.aborted) throw error;
			const verdict = judge(error, repeat, policy);
			if (verdict === 'retry') throw toError(error);
			// p-retry's own AbortError ends the loop and hands out what it wraps.
			throw new AbortError(verdict === 'give-up' ? toError(error) : outcomeUnknown(error));
		}
	}
	return pRetry(judged, {
		retries: policy.attempts - 1,
		// Its own waiting knows no Retry-After and would add to ours.
		minTimeout: 0,
		maxTimeout: 0,
		...(signal && { signal }),
		async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
			if (retriesLeft <= 0) return;
			const delayMs = delayAfter(error, attemptNumber, policy);
			onRetry?.(error, attemptNumber, delayMs);
			await policy.sleep(delayMs, signal);
		},
	});
}

function toError(error: unknown): Error {
	if (error instanceof Error) return error;
	// From another realm, which p-retry would not know as an error either.
	const message = isErrorLike(error) ? error.message : 'Something that is no error was thrown.';
	return new Error(message, { cause: error });
}

function outcomeUnknown(error: unknown): OutcomeUnknownError {
	const known = error instanceof ConcurError ? error : undefined;
	const message = `It is not known whether Concur made the change. ${known?.message ?? ''}`.trim();
	return new OutcomeUnknownError('CONCUR_OUTCOME_UNKNOWN', message, {
		advice: 'Read the record in Concur to see whether the change was made before repeating it.',
		...(known?.status !== undefined && { status: known.status }),
		...(known?.concurCode !== undefined && { concurCode: known.concurCode }),
		...(known?.correlationId !== undefined && { correlationId: known.correlationId }),
		cause: error,
	});
}
