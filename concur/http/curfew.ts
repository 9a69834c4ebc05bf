import type { Clock } from '../clock';
import { HttpError } from '../errors';

/** So many calls in a row that are told the same: one alone may be a gateway's mistake. */
const ENOUGH = 2;

/**
 * Holds back the calls of a client that Concur has told to stay away for longer than a call waits,
 * so that a long run ends with that sentence instead of asking again with each record.
 */
export class Curfew {
	#told = 0;
	#untilMs = 0;
	#last: HttpError | undefined;

	constructor(private readonly clock: Pick<Clock, 'monotonicMs'>) {}

	/** @throws {HttpError} what Concur said, with the time that is left of it. */
	check(): void {
		const left = this.#untilMs - this.clock.monotonicMs();
		if (!this.#last || this.#told < ENOUGH || left <= 0) return;
		const { code, message, advice, status, concurCode, correlationId } = this.#last;
		throw new HttpError(code, message, {
			advice,
			status: status ?? 503,
			retryAfterMs: left,
			...(concurCode !== undefined && { concurCode }),
			...(correlationId !== undefined && { correlationId }),
			cause: this.#last,
		});
	}

	/** A call was told to stay away. */
	told(error: HttpError): void {
		this.#told++;
		this.#last = error;
		this.#untilMs = this.clock.monotonicMs() + (error.retryAfterMs ?? 0);
	}

	/** A call was answered otherwise. */
	lift(): void {
		this.#told = 0;
		this.#last = undefined;
	}
}
