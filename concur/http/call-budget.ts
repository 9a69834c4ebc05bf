import { HttpError } from '../errors';
import type { RetryPolicy, Verdict } from './retry-policy';

/** What one call may still spend of its policy. */
export class CallBudget {
	#spentMs = 0;
	#verdict: Verdict | undefined;
	/** Attempts that ended with the same verdict one after the other, and the time since the first. */
	#inARow = 0;
	#rowMs = 0;

	constructor(private readonly policy: RetryPolicy) {}

	/**
	 * How long to wait after attempt number `attempt` (from 1), which took `tookMs`; undefined where
	 * there is to be no other.
	 */
	waitAfter(error: unknown, verdict: Verdict, attempt: number, tookMs: number): number | undefined {
		if (verdict !== this.#verdict) {
			this.#verdict = verdict;
			this.#inARow = 0;
			this.#rowMs = 0;
		}
		this.#inARow++;
		this.#spend(tookMs);
		const delayMs = delayAfter(error, verdict, attempt, this.policy);
		const { attempts, doubtfulAttempts, budgetMs, unreachableMs } = this.policy;
		const isDone =
			attempt >= attempts ||
			this.#spentMs + delayMs > budgetMs ||
			(verdict === 'once-more' && this.#inARow >= doubtfulAttempts) ||
			(verdict === 'again-for-a-while' && this.#rowMs + delayMs > unreachableMs);
		if (isDone) return undefined;
		this.#spend(delayMs);
		return delayMs;
	}

	#spend(milliseconds: number): void {
		this.#spentMs += milliseconds;
		this.#rowMs += milliseconds;
	}
}

function delayAfter(
	error: unknown,
	verdict: Verdict,
	attempt: number,
	policy: RetryPolicy,
): number {
	const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
	const backoff = Math.round(policy.random() * ceiling);
	const asked = error instanceof HttpError ? error.retryAfterMs : undefined;
	if (asked !== undefined) return Math.max(clampRetryAfter(asked, policy), backoff);
	// The one repetition there is must not come within the same moment.
	return verdict === 'once-more' ? Math.max(policy.retryAfterFloorMs, backoff) : backoff;
}

/** A `Retry-After` within the policy's floor and cap. */
export function clampRetryAfter(askedMs: number, policy: RetryPolicy): number {
	return Math.min(policy.retryAfterCapMs, Math.max(policy.retryAfterFloorMs, askedMs));
}
