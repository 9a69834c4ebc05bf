import type { Sighting } from '../sinks/sink';

const DAY_MS = 86_400_000;

/**
 * A request that has not been seen for so long is forgotten, so that the state stays bounded. Concur
 * queues one again a day after it was refused, at most four times (Connection Requests v3.2).
 */
const REMEMBERED_DAYS = 90;

/** When each request was first and last in the queue; times are the server's, in milliseconds. */
export class Sightings {
	readonly #byId: Map<string, Sighting>;

	constructor(stored: readonly Sighting[] = []) {
		this.#byId = new Map(stored.map((sighting) => [sighting.id, sighting]));
	}

	/** Notes that a request is in the queue, and returns since when it has been seen there. */
	see(id: string, at: number): Sighting {
		// A whole second, as the server tells its time: the one that the answer named, or just before.
		const now = new Date(Math.ceil(at / 1000) * 1000).toISOString();
		const known = this.#byId.get(id);
		const firstSeen = known && isRemembered(known, at) ? known.firstSeen : now;
		// The server's time is known as a lower bound, which may fall back a little.
		const lastSeen = known && known.lastSeen > now ? known.lastSeen : now;
		const sighting = { id, firstSeen, lastSeen };
		this.#byId.set(id, sighting);
		return sighting;
	}

	/** What is remembered at a time. */
	list(at: number): Sighting[] {
		return [...this.#byId.values()].filter((sighting) => isRemembered(sighting, at));
	}
}

function isRemembered({ lastSeen }: Sighting, at: number): boolean {
	return Date.parse(lastSeen) >= at - REMEMBERED_DAYS * DAY_MS;
}
