import { abortReason, type Sleep } from './clock';

/** Leave to have one request in flight; give it back exactly once. */
export interface Permit {
	/** The request was answered without a rate limit: the limiter may recover a little. */
	succeeded(): void;
	/** A 429: halves the allowed number and holds everybody back for `pauseMs`. */
	throttled(pauseMs: number): void;
	/** Any other end. */
	released(): void;
}

export interface LimiterOptions {
	readonly concurrency: number;
	readonly sleep: Sleep;
	readonly now: () => number;
}

/**
 * Holds the number of requests in flight: first come first served, halved by a 429 (never below
 * one), growing back by about one for each full round of successes. Shared by all calls of a
 * client, so that one 429 slows everybody.
 */
export class Limiter {
	#allowed: number;
	#inFlight = 0;
	#pauses = 0;
	#pausedUntil = 0;
	#throttledMs = 0;
	#epoch = 0;
	readonly #waiting = new Set<() => void>();
	readonly #closing = new AbortController();

	constructor(private readonly options: LimiterOptions) {
		this.#allowed = Math.max(1, options.concurrency);
	}

	/** Requests allowed in flight now. */
	get allowed(): number {
		return Math.max(1, Math.floor(this.#allowed));
	}

	/** For how long, in all, Concur told this client to be quiet. */
	get throttledMs(): number {
		return this.#throttledMs;
	}

	/** Waits for a turn; rejects with the signal's reason when aborted. */
	async acquire(signal?: AbortSignal): Promise<Permit> {
		if (signal?.aborted) throw abortReason(signal);
		if (this.#waiting.size > 0 || !this.#hasRoom()) await this.#queue(signal);
		else this.#inFlight++;
		return this.#permit();
	}

	/** Ends all pauses; to be called when the client is done, so that no timer stays behind. */
	close(): void {
		this.#closing.abort(new Error('The limiter was closed.'));
	}

	#hasRoom(): boolean {
		return this.#pauses === 0 && this.#inFlight < this.allowed;
	}

	#queue(signal: AbortSignal | undefined): Promise<void> {
		return new Promise((resolve, reject) => {
			const turn = () => {
				this.#waiting.delete(turn);
				signal?.removeEventListener('abort', stop);
				// Counted here, not when the waiter wakes: nobody may take the place in between.
				this.#inFlight++;
				resolve();
			};
			const stop = () => {
				this.#waiting.delete(turn);
				if (signal) reject(abortReason(signal));
			};
			this.#waiting.add(turn);
			signal?.addEventListener('abort', stop, { once: true });
		});
	}

	#permit(): Permit {
		const epoch = this.#epoch;
		let held = true;
		const giveBack = () => {
			if (!held) return;
			held = false;
			this.#inFlight--;
			this.#admit();
		};
		return {
			succeeded: () => {
				this.#allowed = Math.min(this.options.concurrency, this.#allowed + 1 / this.#allowed);
				giveBack();
			},
			throttled: (pauseMs) => {
				// Requests sent before the last halving say nothing new about the limit.
				if (epoch === this.#epoch) {
					this.#epoch++;
					this.#allowed = Math.max(1, this.#allowed / 2);
				}
				this.#pause(pauseMs);
				giveBack();
			},
			released: giveBack,
		};
	}

	#pause(pauseMs: number): void {
		const now = this.options.now();
		const until = now + pauseMs;
		const from = this.#pauses === 0 ? now : Math.max(now, this.#pausedUntil);
		this.#throttledMs += Math.max(0, until - from);
		this.#pausedUntil = Math.max(this.#pauses === 0 ? 0 : this.#pausedUntil, until);
		this.#pauses++;
		const resume = () => {
			this.#pauses--;
			this.#admit();
		};
		this.options.sleep(pauseMs, this.#closing.signal).then(resume, resume);
	}

	#admit(): void {
		for (const turn of this.#waiting) {
			if (!this.#hasRoom()) return;
			turn();
		}
	}
}
