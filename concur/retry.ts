import pRetry, { AbortError } from 'p-retry';
import { systemClock } from './clock';
import { isErrorLike } from './error-like';
import { ConcurError, HttpError, OutcomeUnknownError } from './errors';
import { CallBudget } from './http/call-budget';
import { comeBackLater } from './http/come-back-later';
import { judge, type Repeat, type RetryPolicy } from './http/retry-policy';

export interface RetryOptions {
	readonly policy: RetryPolicy;
	readonly repeat: Repeat;
	readonly signal?: AbortSignal | undefined;
	/** Whether a failure is final whatever the policy says of its kind. */
	readonly isFinal?: (error: unknown) => boolean;
	/** Told before each repetition. */
	readonly onRetry?: (error: Error, attempt: number, delayMs: number) => void;
}

/**
 * Runs `attempt` until it succeeds, the budget is used up or the failure is final, and throws the
 * last failure; on abort it throws the signal's reason at once, also while waiting.
 */
export async function retrying<T>(
	attempt: (number: number) => Promise<T>,
	{ policy, repeat, signal, isFinal, onRetry }: RetryOptions,
): Promise<T> {
	const budget = new CallBudget(policy);
	let delayMs = 0;

	async function judged(number: number): Promise<T> {
		const startMs = systemClock.monotonicMs();
		try {
			return await attempt(number);
		} catch (error) {
			if (signal?.aborted) throw error;
			const verdict = isFinal?.(error) ? 'final' : judge(error, repeat, policy);
			// p-retry's own AbortError ends the loop and hands out what it wraps.
			if (verdict === 'final') throw new AbortError(toError(error));
			if (verdict === 'outcome-unknown') throw new AbortError(outcomeUnknown(error));
			if (verdict === 'come-back-later' && error instanceof HttpError) {
				throw new AbortError(comeBackLater(error));
			}
			const tookMs = systemClock.monotonicMs() - startMs;
			const wait = budget.waitAfter(error, verdict, number, tookMs);
			if (wait === undefined) throw new AbortError(toError(error));
			delayMs = wait;
			throw toError(error);
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
