import type { Access, AccessProvider } from '../auth/token-provider';
import { TokenTrials, type TokenTrial } from '../auth/token-trials';
import { ConcurError, HttpError } from '../errors';
import { exchangeOnce, type CallShape, type ConcurAnswer, type ExchangeTools } from '../exchange';
import type { Limiter, Permit } from '../limiter';
import type { Logger } from '../logger';
import { answerGone, isGoneAfterLostAnswer, mayHaveActed } from '../lost-answer';
import { retrying } from '../retry';
import { clampRetryAfter } from './call-budget';
import { Curfew } from './curfew';
import { logCall } from './log-call';
import { isTokenRefused, type Repeat, type RetryPolicy } from './retry-policy';

export interface CallTools extends ExchangeTools {
	readonly access: AccessProvider;
	readonly limiter: Limiter;
	readonly logger: Logger;
	readonly policy: RetryPolicy;
}

/** What one call remembers across its attempts. */
interface CallState {
	attempts: number;
	/** An earlier attempt may have done its work although its answer was lost. */
	mayHaveActed: boolean;
	/** 401s, and those among them that were the first ones with their token. */
	refused: number;
	newlyRefused: number;
	/** A failure that no repetition can mend, whatever the policy says of its kind. */
	final?: unknown;
}

interface UsedToken {
	readonly access: Access;
	readonly trial: TokenTrial;
}

type SentCall =
	{ readonly answer: ConcurAnswer } | { readonly error: unknown; readonly used: UsedToken };

/** Sends calls by the retry policy, as often as it takes and with whatever token is good. */
export class CallSender {
	/** What the latest attempt failed with, until a call is answered. */
	lastFailure: ConcurError | undefined;
	readonly #trials = new TokenTrials();
	readonly #curfew: Curfew;

	constructor(private readonly tools: CallTools) {
		this.#curfew = new Curfew(tools.clock);
	}

	send(shape: CallShape, repeat: Repeat, signal: AbortSignal | undefined): Promise<ConcurAnswer> {
		const { policy, stats, logger } = this.tools;
		const state: CallState = { attempts: 0, mayHaveActed: false, refused: 0, newlyRefused: 0 };
		return retrying(() => this.#attempt(shape, state, signal), {
			policy,
			repeat,
			signal,
			isFinal: (error) => error === state.final,
			onRetry(error, attempt, delayMs) {
				stats.retries++;
				const code = 'code' in error ? error.code : undefined;
				logger.warn({ attempt, delayMs, code }, `${error.message} Trying again.`);
			},
		});
	}

	/** An attempt; a token that has died meanwhile is replaced on the spot. */
	async #attempt(
		shape: CallShape,
		state: CallState,
		signal: AbortSignal | undefined,
	): Promise<ConcurAnswer> {
		for (;;) {
			this.#curfew.check();
			const sent = await this.#sendOnce(shape, state, signal);
			if ('answer' in sent) return sent.answer;
			const { error, used } = sent;
			if (isGoneAfterLostAnswer(error, shape.method, state)) {
				return answerGone(error, this.tools.serverTime);
			}
			state.mayHaveActed ||= mayHaveActed(error);
			if (isTokenRefused(error) && (await this.#goesOnWithout(used, error, state, signal)))
				continue;
			throw error;
		}
	}

	async #sendOnce(
		shape: CallShape,
		state: CallState,
		signal: AbortSignal | undefined,
	): Promise<SentCall> {
		const permit = await this.tools.limiter.acquire(signal);
		try {
			// With the permit in hand, lest the calls of a long queue carry a token that has died.
			const access = await this.#getAccess(state, signal);
			const trial = this.#trials.begin(access.token, shape.path);
			const { method, path } = shape;
			const attempt = ++state.attempts;
			try {
				const answer = await logCall(
					this.tools,
					{ method, path, attempt },
					() => exchangeOnce(this.tools, access, shape, signal),
					({ status }) => status,
				);
				trial.end();
				permit.succeeded();
				this.#noteAnswer();
				return { answer };
			} catch (error) {
				trial.end(error);
				if (!signal?.aborted) this.#noteFailure(error, permit);
				return { error, used: { access, trial } };
			}
		} finally {
			permit.released();
		}
	}

	/** The token exchange has had a budget of its own: what it ends with ends the call. */
	async #getAccess(state: CallState, signal: AbortSignal | undefined): Promise<Access> {
		try {
			return await this.tools.access.get(signal);
		} catch (error) {
			state.final = error;
			if (error instanceof ConcurError) this.lastFailure = error;
			throw error;
		}
	}

	/**
	 * Whether a call goes on at once after a 401. It does with a new token where the old one has died;
	 * a token that never worked for anybody is given one successor, as that will hardly fare better.
	 */
	async #goesOnWithout(
		{ access, trial }: UsedToken,
		error: unknown,
		state: CallState,
		signal: AbortSignal | undefined,
	): Promise<boolean> {
		const { policy } = this.tools;
		// The token died for all calls under way: only the first to say so counts it.
		const isFirst = this.tools.access.invalidate(access);
		if (isFirst) state.newlyRefused++;
		state.refused++;
		const hasWorked = access.token === undefined || (await trial.hasWorked(signal));
		const most = hasWorked ? policy.attempts : policy.doubtfulAttempts;
		if (state.refused >= most || state.newlyRefused >= policy.refusals) {
			state.final = error;
			return false;
		}
		return !isFirst || state.newlyRefused === 1;
	}

	#noteAnswer(): void {
		this.lastFailure = undefined;
		this.#curfew.lift();
	}

	#noteFailure(error: unknown, permit: Permit): void {
		if (error instanceof ConcurError) this.lastFailure = error;
		if (!(error instanceof HttpError)) return;
		const { policy } = this.tools;
		const askedMs = error.retryAfterMs ?? policy.baseMs;
		const isTooLong = askedMs > policy.retryAfterCapMs;
		if (isTooLong) this.#curfew.told(error);
		if (error.code !== 'CONCUR_RATE_LIMITED') return;
		// Nobody sleeps through a wait that no call waits for.
		permit.throttled(isTooLong ? policy.retryAfterFloorMs : clampRetryAfter(askedMs, policy));
	}
}
