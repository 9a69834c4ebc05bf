import type { ConcurClient } from '../../concur/client';
import { MOST_SKEW_MS } from '../../concur/server-time/describe-clocks';
import type { SentCall } from '../../concur/server-time/server-time';

/** Clocks that differ by no more than this agree. */
export const MOST_SKEW_SECONDS = MOST_SKEW_MS / 1000;

/** The server's time during one run, in whole seconds. */
export class ServerClock {
	readonly #startedMs = performance.now();
	#began: number | undefined;

	constructor(private readonly client: Pick<ConcurClient, 'serverTime'>) {}

	/** Undefined before the first answer has told it. */
	get now(): number | undefined {
		const milliseconds = this.client.serverTime.now();
		return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
	}

	/** The latest that anybody says, for reckoning only: nothing must be closed by it. */
	get latest(): number {
		return latestSecond(this.client);
	}

	/** When the run began: the same for all that asks. Undefined before the first answer. */
	get began(): number | undefined {
		const { now } = this;
		if (now === undefined) return undefined;
		return (this.#began ??= now - Math.ceil((performance.now() - this.#startedMs) / 1000));
	}
}

/** The server's second of a call, as known now; 0 while no time is believed, so that it closes nothing. */
export function secondOf(client: Pick<ConcurClient, 'serverTime'>, sent: SentCall): number {
	return Math.floor((client.serverTime.at(sent) ?? 0) / 1000);
}

export function latestSecond(client: Pick<ConcurClient, 'serverTime'>): number {
	return Math.floor(client.serverTime.latest() / 1000);
}
