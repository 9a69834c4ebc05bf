import { systemSleep, type Sleep } from '../clock';
import { AuthError, BadBodyError, HttpError, NetworkError, WebPageError } from '../errors';
import { businessFailures } from '../http-error';
import { isCertificateError } from '../network-errors';

/**
 * What becomes of a call that failed: the whole policy. Times and numbers are the defaults below.
 *
 * | failure                                                   | then                               |
 * | --------------------------------------------------------- | ---------------------------------- |
 * | 429; a 400 that speaks of a rate or request limit         | again; all calls slow down         |
 * | 503 that says nothing was done; a 400 of a deadlock       | again                              |
 * | 408, 5xx, no whole answer, one that is not HTTP or JSON   | again (*)                          |
 * | a web page where JSON is due; a 400 without a word        | once more (*)                      |
 * | a host that cannot be reached                             | again, for 25 s                    |
 * | `Retry-After` beyond 5 minutes                            | final; says when to come back      |
 * | 401 of a token that has worked                            | a new token, at most three times   |
 * | 401 of a token that never has                             | a new token, once                  |
 * | no token to be had                                        | final: it had a budget of its own  |
 * | a wrong certificate, any other status, a bug              | final                              |
 *
 * (*) A call that must never be repeated blindly ends as "outcome unknown" instead.
 *
 * One call has 8 attempts and 15 minutes, waits included: at random up to half a second first, twice
 * as long each time, a minute at most, and never less than `Retry-After`. Getting a token follows
 * the same table, once for all calls that wait for it, and what came out holds for all calls of the
 * next 30 s. Two calls in a row that are told to stay away for long speak for all others.
 */
export interface RetryPolicy {
	/** Attempts in all, the first included. */
	readonly attempts: number;
	/** No repetition begins when a call has taken that long. */
	readonly budgetMs: number;
	/** The same while a host cannot be reached at all. */
	readonly unreachableMs: number;
	/** Attempts where one repetition shows whether it was an accident. */
	readonly doubtfulAttempts: number;
	/** 401s of one call although its tokens work for others; 2 where n8n renews them by itself. */
	readonly refusals: number;
	/** Upper bound of the first wait; doubles with each attempt, full jitter. */
	readonly baseMs: number;
	readonly capMs: number;
	/** A `Retry-After` of 0 occurs (list bulk v4 shows one) and must still be a pause. */
	readonly retryAfterFloorMs: number;
	/** The longest `Retry-After` that is waited for. */
	readonly retryAfterCapMs: number;
	/** From 0 up to, not including, 1. */
	readonly random: () => number;
	readonly sleep: Sleep;
}

export const defaultRetryPolicy: RetryPolicy = {
	attempts: 8,
	budgetMs: 900_000,
	unreachableMs: 25_000,
	doubtfulAttempts: 2,
	refusals: 4,
	baseMs: 500,
	capMs: 60_000,
	retryAfterFloorMs: 1_000,
	retryAfterCapMs: 300_000,
	random: Math.random,
	sleep: systemSleep,
};

/**
 * `freely`: a repetition does no harm (GET, PUT of a field set, DELETE).
 * `never-blindly`: repeated only when Concur surely did not act; an unknown outcome becomes an
 * {@link OutcomeUnknownError} (POST; a connection-request PUT, which e-mails the traveler).
 */
export type Repeat = 'freely' | 'never-blindly';

/** What to do about a failure; the first three as far as the call's budget goes. */
export type Verdict =
	'again' | 'once-more' | 'again-for-a-while' | 'come-back-later' | 'outcome-unknown' | 'final';

// Documented 503s in which Concur says that it did nothing yet.
const SURELY_NOT_ACTED = new Set(['circuitBreaker', 'entityOffline', 'CLIQBOOK_APPROVAL_RETRY']);

/** Decides on a failure by what may have happened on the other side. */
export function judge(error: unknown, repeat: Repeat, policy: RetryPolicy): Verdict {
	const verdict = judgeKind(error, repeat);
	const asked = error instanceof HttpError ? (error.retryAfterMs ?? 0) : 0;
	return verdict === 'again' && asked > policy.retryAfterCapMs ? 'come-back-later' : verdict;
}

function judgeKind(error: unknown, repeat: Repeat): Verdict {
	const isFree = repeat === 'freely';
	const onDoubt: Verdict = isFree ? 'again' : 'outcome-unknown';
	if (error instanceof NetworkError) {
		if (isCertificateError(error)) return 'final';
		return error.sent ? onDoubt : 'again-for-a-while';
	}
	if (error instanceof WebPageError) return isFree ? 'once-more' : 'outcome-unknown';
	if (error instanceof BadBodyError) return onDoubt;
	if (!(error instanceof HttpError) || error.status === undefined) return 'final';
	// Whether another token may help has been decided when this is asked (http/attempt.ts).
	if (error.code === 'CONCUR_RATE_LIMITED' || isTokenRefused(error)) return 'again';
	if (error.status === 400) {
		if (error.code === 'CONCUR_UNAVAILABLE') return 'again';
		// It may be a deadlock too: no page says by which words to know one.
		return error.saysNothing && isFree ? 'once-more' : 'final';
	}
	if (error.status === 408) return onDoubt;
	if (error.status < 500) return 'final';
	const code = error.concurCode ?? '';
	if (businessFailures.has(code)) return 'final';
	return SURELY_NOT_ACTED.has(code) ? 'again' : onDoubt;
}

/**
 * A 401 of an API. A token can die while the call is under way, a renewed one too, and Concur's
 * code is `invalidUser` either way.
 */
export function isTokenRefused(error: unknown): boolean {
	return error instanceof HttpError && !(error instanceof AuthError) && error.status === 401;
}
