import { z } from 'zod';
import type { ConcurClient } from '../../concur/client';
import type { ConnectionRequest } from '../../concur/connection-request/connection-request';
import { listConnectionRequests } from '../../concur/connection-request/list-connection-requests';
import type { ReadConnectionOptions } from '../../concur/connection-request/read-connections';
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
 * answered; what a shift hides is met when a later poll begins at the front again.
 * @throws what {@link listConnectionRequests} throws.
 */
export async function pollConnections(
	options: ConnectionWatchOptions,
	before: ConnectionState,
): Promise<ConnectionPoll> {
	const memory = new Memory(before.memory);
	const events = new Map<string, ConnectionRequest>();
	let place = before.place;
	let now = 0;
	for await (const page of readPages(options, place)) {
		now = Math.floor(page.sentAt / 1000);
		for (const request of page.items) {
			const known = memory.get(request.id);
			// A request read twice is handed out as read last: each reading makes a new token.
			if (events.has(request.id) || isQueuedAnew(request, known?.mark)) {
				if (!known && memory.size >= MOST_REMEMBERED) continue;
				events.set(request.id, request);
			}
			memory.set(request.id, { at: now, mark: newer(request.lastModified ?? '', known?.mark) });
		}
		place = page.next;
		if (place !== undefined && options.time.isUp()) break;
	}
	// A look at a part of the queue does not tell what has left it.
	if (place === undefined && before.place === undefined)
		memory.forgetBefore(now - REMEMBERED_SECONDS);
	if (memory.size >= MOST_REMEMBERED)
		options.warn(
			`${memory.size} connection requests wait without an answer; new ones are left in the queue until some have been answered.`,
		);
	return {
		events: [...events.values()],
		state: { memory: memory.toLines(), ...(place !== undefined && { place }) },
	};
}

interface QueuePage {
	readonly items: readonly ConnectionRequest[];
	readonly next: string | undefined;
	readonly sentAt: number;
}

/** The pages of the queue from a place on. */
async function* readPages(
	{ client, read, time }: ConnectionWatchOptions,
	from: string | undefined,
): AsyncGenerator<QueuePage, void, undefined> {
	const options = { ...read, signal: time.signal };
	const seen = new Set<string>();
	const offsets = new Set<string>();
	let offset = from;
	for (;;) {
		const query = { limit: PAGE_ITEMS, ...(offset !== undefined && { offset }) };
		const { items, next, sentAt } = await listConnectionRequests(client, query, options);
		const freshCount = items.filter(({ id }) => !seen.has(id) && seen.add(id)).length;
		yield { items, next: next?.offset, sentAt };
		if (next === undefined) {
			// A full page without a NextPage: all there is, or the queue of 2022/23. To ask again tells.
			if (offset === undefined && freshCount >= PAGE_ITEMS && !time.isUp()) continue;
			return;
		}
		// Pages in a circle: what lies beyond is met by another poll.
		if (items.length === 0 || offsets.has(next.offset)) return;
		offsets.add(next.offset);
		offset = next.offset;
	}
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
