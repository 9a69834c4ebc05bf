import type { ConcurClient } from '../../concur/client';
import { ConcurError } from '../../concur/errors';
import {
	listRequests,
	type ListRequestsQuery,
	type RequestPage,
} from '../../concur/travel-request/list-requests';
import type { Partition } from '../sinks/sink';
import type { ListKnowledge } from './list-knowledge';

/** Whose list is read, and what is known of such lists. */
export interface ListContext {
	readonly client: ConcurClient;
	readonly partition: Partition;
	readonly signal: AbortSignal;
	readonly lists: ListKnowledge;
}

/** A page with the number of rows that it was asked for. */
export interface SizedPage extends RequestPage {
	readonly limit: number;
}

/**
 * One page of a list, of fewer rows where a full one is too large to read.
 * @throws what the client throws, `CONCUR_BODY_TOO_LARGE` where a single row is too large;
 * {@link ListRunawayError}.
 */
export async function listPage(
	{ client, signal, lists }: ListContext,
	query: Omit<ListRequestsQuery, 'limit'>,
): Promise<SizedPage> {
	for (;;) {
		const limit = lists.limit.rows;
		lists.budget.spend();
		try {
			const page = await listRequests(client, { ...query, limit }, { signal });
			lists.limit.succeed();
			lists.pages.see(page.rows);
			return { ...page, limit };
		} catch (error) {
			if (!isTooLarge(error) || !lists.limit.shrink(limit)) throw error;
		}
	}
}

export function isTooLarge(error: unknown): boolean {
	return error instanceof ConcurError && error.code === 'CONCUR_BODY_TOO_LARGE';
}
