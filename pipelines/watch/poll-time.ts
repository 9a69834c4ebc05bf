import { ConcurError } from '../../concur/errors';

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

	constructor(budgetMs: number) {
		this.#enoughAt = performance.now() + budgetMs * ENOUGH;
		this.#timer = setTimeout(
			() => {
				this.#controller.abort(tooSlow());
			},
			Math.max(budgetMs * TOO_MUCH, LEAST_MS),
		);
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	isUp(): boolean {
		return performance.now() >= this.#enoughAt;
	}

	end(): void {
		clearTimeout(this.#timer);
	}
}

function tooSlow(): ConcurError {
	return new ConcurError(
		'CONCUR_POLL_TOO_SLOW',
		'Concur did not answer within the time that n8n gives a poll.',
		{ advice: 'Nothing is lost: the next poll begins where the last complete one ended.' },
	);
}
