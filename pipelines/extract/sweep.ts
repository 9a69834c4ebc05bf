import type { ConcurClient } from '../../concur/client';
import {
	listRequests,
	type ListRequestsQuery,
	type RequestItem,
	type RequestPage,
} from '../../concur/travel-request/list-requests';
import type { Partition } from '../sinks/sink';
import { isTooLarge, PAGE_LIMIT } from './list-window';
import { UnstableWindowError } from './read-dense-window';
import { SweepWalk } from './sweep-walk';

/** Bounds of what a sweep lists, in seconds: what lies outside was last modified before or after. */
export type SweepBounds = Pick<ListRequestsQuery, 'modifiedAfter' | 'modifiedBefore'>;

/**
 * Lists every request of a partition, each once.
 *
 * By offsets over the list without any filter, not by closed windows of modification time: a
 * filter by that time leaves out the requests that have none, and those can be had by offsets only.
 * {@link SweepWalk} says why no record is skipped while others edit and delete. One walk proves
 * that by itself, so it is not repeated until two agree: in a large company they never would.
 *
 * What is listed by mistake or not listed by mistake does no harm: nothing is taken as deleted on
 * the word of a list alone.
 *
 * @throws what the client throws; {@link UnstableWindowError} when the list contradicts itself.
 */
export async function* sweepPartition(
	client: ConcurClient,
	{ view, user }: Partition,
	signal: AbortSignal,
	bounds: SweepBounds = {},
): AsyncGenerator<readonly RequestItem[], void> {
	const query = { view, ...(user === '' ? {} : { userId: user }), ...bounds };
	const walk = new SweepWalk();
	let limit = PAGE_LIMIT;
	while (!walk.isDone) {
		if (walk.isStuck) throw contradiction();
		const page = await listPage(client, { ...query, start: walk.start }, limit, signal);
		limit = page.limit;
		const fresh = walk.take(page, limit);
		if (fresh.length > 0) yield fresh;
	}
}

/** One page, of fewer rows where a full one is too large to read. */
async function listPage(
	client: ConcurClient,
	query: ListRequestsQuery,
	limit: number,
	signal: AbortSignal,
): Promise<RequestPage & { readonly limit: number }> {
	const order = { sortField: 'requestId', sortOrder: 'ASC' } as const;
	for (let rows = limit; ; rows = Math.ceil(rows / 2)) {
		try {
			return {
				...(await listRequests(client, { ...query, ...order, limit: rows }, { signal })),
				limit: rows,
			};
		} catch (error) {
			if (!isTooLarge(error) || rows === 1) throw error;
		}
	}
}

function contradiction(): UnstableWindowError {
	return new UnstableWindowError(
		'CONCUR_WINDOW_UNSTABLE',
		'The list of all requests contradicts itself from page to page, so its end could not be reached.',
		{ advice: 'Run again when fewer changes are being made.' },
	);
}
