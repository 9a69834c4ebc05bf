import type { ConcurClient } from '../../concur/client';

/** The server's time during one run, in whole seconds. */
export class ServerClock {
	readonly #startedMs = performance.now();
	#began: number | undefined;

	constructor(private readonly client: Pick<ConcurClient, 'serverNow'>) {}

	/** Undefined before the first answer has told it. */
	get now(): number | undefined {
		const milliseconds = this.client.serverNow();
		return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
	}

	/** When the run began: the same for all that asks. Undefined before the first answer. */
	get began(): number | undefined {
		const { now } = this;
		if (now === undefined) return undefined;
		return (this.#began ??= now - Math.ceil((performance.now() - this.#startedMs) / 1000));
	}
}
