import { checkCount } from '../check-count';
import type { ConcurClient } from '../client';
import { IncompleteListError } from '../errors';
import { listRequests, type ListRequestsQuery, type RequestItem } from './list-requests';
import { OffsetScan } from './offset-scan';

export interface ListAllOptions {
	/** Most requests to read; all unless told. */
	readonly limit?: number | undefined;
	/** Told, instead of an error at the end, where some may be missing. */
	readonly onOpen?: ((error: IncompleteListError) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

const PAGE_ITEMS = 100;

/**
 * All requests of a list, page by page, each once; by requestId, ascending, unless a sort is asked
 * for. For interactive use: Concur pages by offset over a list that changes meanwhile, and plain
 * paging misses what moves up when an edit or a deletion takes others out of the list. So pages
 * overlap by a few records; where more have left between two calls, the scan goes back and brings
 * what it had missed, later than its place (a few times in a row at most without finding anything).
 * Still missed is a request that an edit moves from the part not yet read into the part already read,
 * which sorts other than requestId allow, or brings into that part through the filter; and one that
 * leaves after it was read has been handed out. The pipelines' closed windows miss none: use them for
 * extracts. No link is followed.
 * @throws what {@link listRequests} throws; a ConfigurationError `INVALID_PARAMETER` for a limit
 * below 1; after all that could be read, an {@link IncompleteListError} where some may be missing.
 */
export async function* listAllRequests(
	client: ConcurClient,
	query: Omit<ListRequestsQuery, 'start' | 'limit'> = {},
	options: ListAllOptions = {},
): AsyncGenerator<RequestItem[], void, undefined> {
	const { signal } = options;
	let left = checkCount('limit', options.limit, 1, Number.MAX_SAFE_INTEGER) ?? Infinity;
	const limit = Math.min(PAGE_ITEMS, left);
	const sort = sortOf(query);
	const scan = new OffsetScan(limit);
	while (!scan.isDone && left > 0) {
		const { start } = scan;
		const page = await listRequests(client, { ...query, ...sort, start, limit }, { signal });
		const fresh = scan.take(page).slice(0, left);
		left -= fresh.length;
		if (fresh.length > 0) yield fresh;
	}
	if (!scan.isOpen || left === 0) return;
	const error = incomplete();
	if (!options.onOpen) throw error;
	options.onOpen(error);
}

function incomplete(): IncompleteListError {
	return new IncompleteListError(
		'CONCUR_INCOMPLETE_LIST',
		'Some travel requests may be missing: the pages of the list contradict each other, name a next page that brings nothing, or hold requests without an id.',
		{
			advice:
				'Read again, or narrow the list by its filters; if it stays, look for a gateway that changes lists, or tell SAP support.',
		},
	);
}

function sortOf({
	sortField,
	sortOrder,
}: ListRequestsQuery): Pick<ListRequestsQuery, 'sortField' | 'sortOrder'> {
	if (sortField !== undefined) return { sortField, sortOrder };
	return { sortField: 'requestId', sortOrder: sortOrder ?? 'ASC' };
}
