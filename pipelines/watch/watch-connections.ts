import { z } from 'zod';
import type { ConcurClient } from '../../concur/client';
import type { ConnectionRequest } from '../../concur/connection-request/connection-request';
import { drainConnectionQueue } from '../../concur/connection-request/queue/drain-connection-requests';
import type { ReadConnectionOptions } from '../../concur/connection-request/read-connections';
import type { ConcurError } from '../../concur/errors';
import { parseTimestamp } from '../../concur/time';
import { Memory } from './memory';
import type { PollTime } from './poll-time';

/** How far a watch of the queue has come, as JSON. */
export const connectionState = z.object({
	/** See {@link Memory}: when each request was last seen, and its lastModified then. */
	memory: z.array(z.string()),
	/** Where the next poll goes on, where the last one had no time for the whole queue. */
	place: z.string().optional(),
});

export type ConnectionState = z.infer<typeof connectionState>;

export interface ConnectionWatchOptions {
	readonly client: ConcurClient;
	readonly read: Omit<ReadConnectionOptions, 'signal'>;
	readonly time: PollTime;
	readonly warn: (message: string) => void;
}

export interface ConnectionPoll {
	readonly events: readonly ConnectionRequest[];
	readonly state: ConnectionState;
}

const PAGE_ITEMS = 10;

/**
 * A request that is not listed may come back unchanged: the queue of 2022/23 hid for 24 hours what
 * it had shown. After so many seconds it is forgotten.
 */
const REMEMBERED_SECONDS = 8 * 86_400;

/** Requests remembered at once, which bounds the state: beyond it, new ones wait in the queue. */
const MOST_REMEMBERED = 2_500;

/** Nobody has seen the queue yet: all that waits in it is new. */
export const beginConnectionWatch: ConnectionState = { memory: [] };

/**
 * Looks through the queue without taking anything out. A request is an event when it is seen for
 * the first time, and again only when its `lastModified` is newer than when it last was one: Concur
 * has been answered then and has queued it again. While it waits, seen or hidden, it is not.
 *
 * When the time is up, the next poll goes on behind the last page. Offsets shift as requests are
 * answered; what a shift hides is met when a later poll begins at the front again. A queue that
 * cannot be read to its end is told of, and begun anew by the next poll.
 * @throws what {@link drainConnectionQueue} throws where nothing was read before.
 */
export async function pollConnections(
	options: ConnectionWatchOptions,
	before: ConnectionState,
): Promise<ConnectionPoll> {
	const memory = new Memory(before.memory);
	const events: ConnectionRequest[] = [];
	let isWhole = before.place === undefined;
	let place: string | undefined;
	let now = 0;
	const drain = {
		...options.read,
		signal: options.time.signal,
		// What a shift hides is met by another poll, so no page has to overlap the one before.
		overlaps: false,
		onOpen({ message, advice }: ConcurError) {
			isWhole = false;
			options.warn(`${message} ${advice}`);
		},
	};
	const query = { limit: PAGE_ITEMS, offset: before.place };
	for await (const page of drainConnectionQueue(options.client, query, drain)) {
		now = Math.floor(page.sentAt / 1000);
		for (const request of page.items) {
			const known = memory.get(request.id);
			if (isQueuedAnew(request, known?.mark)) {
				if (!known && memory.size >= MOST_REMEMBERED) continue;
				events.push(request);
			}
			memory.set(request.id, { at: now, mark: newer(request.lastModified ?? '', known?.mark) });
		}
		place = page.goOnAt;
		if (place !== undefined && options.time.isUp()) break;
	}
	// A look at a part of the queue does not tell what has left it.
	if (place === undefined && isWhole) memory.forgetBefore(now - REMEMBERED_SECONDS);
	if (memory.size >= MOST_REMEMBERED)
		options.warn(
			`${memory.size} connection requests wait without an answer; new ones are left in the queue until some have been answered.`,
		);
	return { events, state: { memory: memory.toLines(), ...(place !== undefined && { place }) } };
}

function isQueuedAnew({ lastModified }: ConnectionRequest, told: string | undefined): boolean {
	if (told === undefined) return true;
	return lastModified !== null && newer(lastModified, told) !== told;
}

/** The newer of two times; the second where they cannot be compared. */
function newer(time: string, known: string | undefined): string {
	if (known === undefined || known === '') return time;
	const [a, b] = [parseTimestamp(time), parseTimestamp(known)];
	return a !== undefined && (b === undefined || a > b) ? time : known;
}
