import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import { listRequests, type RequestItem } from '../../concur/travel-request/list-requests';
import type { Partition } from '../sinks/sink';
import type { Window } from '../windows/window';
import { isTooLarge, mayGoOn, PAGE_LIMIT, queryWindow } from './list-window';

/** Rows that a page shares with the one before it: if they differ, the list moved in between. */
const SHARED_ROWS = 10;

/** Somebody edits these records without pause if that many scans never agree. */
const MOST_SCANS = 12;

/** A window of one second changed in every scan, so no complete list of it could be had. */
export class UnstableWindowError extends ConcurError {}

/**
 * Reads a window that cannot be split further, by offsets: `requestId` ascending is the one order
 * that does not change when a request is edited, pages overlap so that a shift shows, and the
 * whole is scanned until two scans in a row found the same ids. A record can only leave a past
 * second, so two equal scans prove that none was skipped.
 *
 * @yields records as they are read, each once.
 * @throws {UnstableWindowError} when the scans never agree.
 */
export async function* readDenseWindow(
	client: ConcurClient,
	partition: Partition,
	window: Window,
	signal: AbortSignal,
): AsyncGenerator<readonly RequestItem[]> {
	const yielded = new Set<string>();
	let previous: ReadonlySet<string> | undefined;
	for (let scan = 0; scan < MOST_SCANS; scan++) {
		const seen = new Set<string>();
		const pages = scanByRequestId(client, partition, window, signal);
		let step = await pages.next();
		while (!step.done) {
			for (const item of step.value) seen.add(item.id);
			yield step.value.filter((item) => !yielded.has(item.id));
			for (const item of step.value) yielded.add(item.id);
			step = await pages.next();
		}
		const unmoved = step.value;
		if (unmoved && previous && sameIds(seen, previous)) return;
		previous = unmoved ? seen : undefined;
	}
	throw new UnstableWindowError(
		'CONCUR_WINDOW_UNSTABLE',
		`The requests modified at ${new Date(window.from * 1000).toISOString()} changed during every one of ${MOST_SCANS} scans.`,
		{ advice: 'Run again when fewer changes are being made; this second is read again then.' },
	);
}

/** One pass over all pages. Returns whether every page began with the rows the last one ended with. */
async function* scanByRequestId(
	client: ConcurClient,
	partition: Partition,
	window: Window,
	signal: AbortSignal,
): AsyncGenerator<readonly RequestItem[], boolean> {
	let limit = PAGE_LIMIT;
	let start = 0;
	let tail: string[] = [];
	for (;;) {
		const page = await listPage(client, partition, window, start, limit, signal);
		limit = page.limit;
		yield page.items;
		const head = page.items.slice(0, tail.length).map((item) => item.id);
		if (tail.some((id, index) => id !== head[index])) return false;
		if (page.items.length === 0 || !mayGoOn(page, start, limit)) return true;
		const shared = Math.min(SHARED_ROWS, page.items.length - 1, limit - 1);
		tail = page.items.slice(page.items.length - shared).map((item) => item.id);
		start += page.items.length - shared;
	}
}

/** One page, of fewer rows where a full one is too large to read. */
async function listPage(
	client: ConcurClient,
	partition: Partition,
	window: Window,
	start: number,
	limit: number,
	signal: AbortSignal,
) {
	for (;;) {
		try {
			const page = await listRequests(
				client,
				{
					...queryWindow(partition, window),
					start,
					limit,
					sortField: 'requestId',
					sortOrder: 'ASC',
				},
				{ signal },
			);
			return { ...page, limit };
		} catch (error) {
			if (!isTooLarge(error) || limit === 1) throw error;
			limit = Math.ceil(limit / 2);
		}
	}
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((id) => b.has(id));
}
