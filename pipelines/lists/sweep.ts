import type { ListRequestsQuery, RequestItem } from '../../concur/travel-request/list-requests';
import type { ListContext } from './list-page';
import { itemsOf, walkList } from './walk-list';

/** Bounds of what a sweep lists, in seconds: what lies outside was last modified before or after. */
export type SweepBounds = Pick<ListRequestsQuery, 'modifiedAfter' | 'modifiedBefore'>;

/**
 * Lists every request of a partition, each once.
 *
 * By offsets over the list without any filter, not by closed windows of modification time: a
 * filter by that time leaves out the requests that have none, and those can be had by offsets only.
 * {@link AnchoredWalk} says why no record is skipped while others edit and delete.
 *
 * What is listed by mistake or not listed by mistake does no harm: nothing is taken as deleted on
 * the word of a list alone.
 *
 * @throws what the client throws; {@link UnstableWindowError} when the list contradicts itself.
 */
export async function* sweepPartition(
	context: ListContext,
	bounds: SweepBounds = {},
): AsyncGenerator<readonly RequestItem[], void> {
	const { view, user } = context.partition;
	context.lists.budget.plan(1);
	const query = { view, ...(user === '' ? {} : { userId: user }), ...bounds };
	yield* itemsOf(walkList(context, query));
}
