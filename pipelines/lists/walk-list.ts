import type { ListRequestsQuery, RequestItem } from '../../concur/travel-request/list-requests';
import type { Window } from '../windows/window';
import { AnchoredWalk } from './anchored-walk';
import { unwalkable } from './obstacles';
import { listPage, type ListContext } from './list-page';
import { queryWindow } from './window-query';

/** What one page brought that no page before it had. */
export interface ListedPage {
	readonly items: readonly RequestItem[];
	/** Rows that are no record or have no id, as they came. */
	readonly unreadable: readonly unknown[];
}

export type WalkQuery = Omit<ListRequestsQuery, 'start' | 'limit' | 'sortField' | 'sortOrder'>;

/**
 * Reads a window of the past whole by offsets, however much is edited in it meanwhile: what leaves
 * it is found under its new time.
 *
 * @yields each record once, as it is read.
 * @throws what the client throws; {@link UnstableWindowError} where the pages contradict each other.
 */
export async function* walkWindowList(
	context: ListContext,
	window: Window,
): AsyncGenerator<ListedPage, void, undefined> {
	const spans = `${toText(window.from)} to ${toText(window.to)}`;
	yield* walk(context, queryWindow(context.partition, window), true, `modified from ${spans}`);
}

/** The same for a list that records may come into: they may be among those that are read, or not. */
export async function* walkList(
	context: ListContext,
	query: WalkQuery,
): AsyncGenerator<ListedPage, void, undefined> {
	yield* walk(context, query, false, 'of the whole list');
}

/** The records alone. */
export async function* itemsOf(
	pages: AsyncIterable<ListedPage>,
): AsyncGenerator<readonly RequestItem[], void, undefined> {
	for await (const { items } of pages) yield items;
}

async function* walk(
	context: ListContext,
	query: WalkQuery,
	isPast: boolean,
	which: string,
): AsyncGenerator<ListedPage, void, undefined> {
	const { lists } = context;
	const walk = new AnchoredWalk({ hints: lists.hints, isPast });
	while (!walk.isDone) {
		const { start } = walk;
		const page = await listPage(context, {
			...query,
			...{ start, sortField: 'requestId', sortOrder: 'ASC' },
		});
		const items = walk.take(page);
		lists.budget.find(items);
		const { unreadable } = page;
		if (items.length + unreadable.length > 0) yield { items, unreadable };
		if (walk.obstacle) throw unwalkable(walk.obstacle, which);
	}
}

function toText(second: number): string {
	return new Date(second * 1000).toISOString();
}
