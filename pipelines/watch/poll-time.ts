import type { ConcurClient } from '../../concur/client';
import { ConcurError, HttpError } from '../../concur/errors';
import { describeWait } from '../../concur/http/come-back-later';

/** Of what n8n allows a poll: when to begin nothing more, and when to drop what is under way. */
const ENOUGH = 0.6;
const TOO_MUCH = 0.85;

/** A poll is not given up before that: n8n's own limits are far above. */
const LEAST_MS = 10_000;

/** What a poll has left of its time. */
export interface PollTime {
	/** Ends calls under way when the poll must end. */
	readonly signal: AbortSignal;
	/** Whether nothing more should be begun. */
	isUp(): boolean;
}

/** The time of one poll, from now; `end` must be called when the poll is over. */
export class PollClock implements PollTime {
	readonly #controller = new AbortController();
	readonly #timer: NodeJS.Timeout;
	readonly #enoughAt: number;
	#client: Pick<ConcurClient, 'lastFailure'> | undefined;

	constructor(budgetMs: number) {
		this.#enoughAt = performance.now() + budgetMs * ENOUGH;
		this.#timer = setTimeout(
			() => {
				this.#controller.abort(tooSlow(this.#client?.lastFailure()));
			},
			Math.max(budgetMs * TOO_MUCH, LEAST_MS),
		);
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Whom to ask what was being waited for, should the poll have to end. */
	listenTo(client: Pick<ConcurClient, 'lastFailure'>): void {
		this.#client = client;
	}

	isUp(): boolean {
		return performance.now() >= this.#enoughAt;
	}

	end(): void {
		clearTimeout(this.#timer);
	}
}

const ADVICE = 'Nothing is lost: the next poll begins where the last complete one ended.';

/** A poll that waited for better times tells what it was last told, not that nobody answered. */
function tooSlow(failure: ConcurError | undefined): ConcurError {
	const code = 'CONCUR_POLL_TOO_SLOW';
	if (!failure) {
		const message = 'Concur did not answer within the time that n8n gives a poll.';
		return new ConcurError(code, message, { advice: ADVICE });
	}
	const wait = failure instanceof HttpError ? failure.retryAfterMs : undefined;
	const asked = wait === undefined ? '' : ` It asks to wait for ${describeWait(wait)}.`;
	const message = `The time that n8n gives a poll was over before Concur answered as it should. ${failure.message}${asked}`;
	const { status, concurCode, correlationId } = failure;
	return new ConcurError(code, message, {
		advice: `${failure.advice} ${ADVICE}`,
		...(status !== undefined && { status }),
		...(concurCode !== undefined && { concurCode }),
		...(correlationId !== undefined && { correlationId }),
		cause: failure,
	});
}
