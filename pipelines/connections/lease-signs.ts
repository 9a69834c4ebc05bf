import type { ConcurClient } from '../../concur/client';
import type { DrainedPage } from '../../concur/connection-request/queue/drain-pages';
import { isLeased } from '../../concur/connection-request/queue/is-leased';
import type { RawConnectionRequest } from '../../concur/connection-request/raw-connection-requests';
import type { PartitionState } from '../sinks/sink';

const DAY_MS = 86_400_000;

/** A request that was shown and is shown no more. */
export interface Suspect {
	readonly id: string;
	/** When the queue showed it, in server milliseconds. */
	readonly seenAt: number;
}

/**
 * Looks in a drain for signs of a queue that hides for 24 hours what it has shown. There are two: a
 * full page that is gone when it is asked for again, and that all which the drain before saw is gone.
 * Both also come about where somebody answers quickly, so one of those requests has to be asked for.
 */
export class LeaseSigns {
	/** What the drain before saw, within the hours of a lease. */
	readonly #before: ReadonlyMap<string, number>;
	#hidden: Suspect | undefined;
	#isShownAgain = false;

	constructor(stored: PartitionState | undefined) {
		const since = (stored?.openReadAt ?? Infinity) * 1000;
		this.#before = new Map(
			stored?.sightings
				?.map(({ id, lastSeen }) => [id, Date.parse(lastSeen)] as const)
				.filter(([, seenAt]) => seenAt >= since),
		);
	}

	take({ items, sentAt, isHidden }: DrainedPage<RawConnectionRequest>): void {
		const [first] = items;
		// The one in front: whoever answers a queue has begun with it.
		if (isHidden && first) this.#hidden ??= { id: first.ID, seenAt: sentAt };
		this.#isShownAgain ||= items.some(({ ID }) => this.#before.has(ID));
	}

	/** The request to ask for once the drain is complete; undefined where there is no sign. */
	suspectAt(now: number): Suspect | undefined {
		if (this.#hidden) return this.#hidden;
		if (this.#isShownAgain) return undefined;
		const recent = [...this.#before].filter(([, seenAt]) => seenAt > now - DAY_MS);
		const [latest] = recent.sort(([, one], [, other]) => other - one);
		return latest && { id: latest[0], seenAt: latest[1] };
	}
}

/** What the owner of the account has to know of its queue. */
export interface QueueWarning {
	readonly code: string;
	readonly message: string;
	readonly advice: string;
}

/** Asks for the suspect: one call, and none where there is no sign. */
export async function findLease(
	client: ConcurClient,
	suspect: Suspect | undefined,
	signal: AbortSignal,
): Promise<QueueWarning | undefined> {
	if (!suspect || !(await isLeased(client, suspect.id, suspect.seenAt, { signal })))
		return undefined;
	return {
		code: 'CONCUR_QUEUE_LEASES',
		message:
			'Concur hides connection requests for 24 hours once they have been shown, so this export has hidden those that it read from the process that answers them.',
		advice:
			'Stop exporting this stream from this account, or let the process that answers the requests write down what it reads; hidden requests come back within 24 hours.',
	};
}
