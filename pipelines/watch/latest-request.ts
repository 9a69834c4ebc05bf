import type { JsonObject } from '../../concur/json';
import {
	listRequests,
	type RequestItem,
	type RequestPage,
} from '../../concur/travel-request/list-requests';
import { parseTimestamp } from '../../concur/time';
import { PageHints } from '../../concur/travel-request/page-hints';
import { latestSecond } from '../extract/server-clock';
import { readDetails, type ReadContext } from './read-details';

const PAGE_ITEMS = 25;
/** In seconds: where the search begins, and where it gives up to look further back. */
const FIRST_REACH = 3_600;
const LONGEST_REACH = 50 * 366 * 86_400;

/**
 * The request that was modified last, in full, of those that `matches` accepts. Concur cannot sort
 * by that time, so the span is narrowed until one page shows all of it.
 */
export async function findLatestRequest(
	context: ReadContext,
	matches: (item: RequestItem) => boolean = () => true,
): Promise<JsonObject | undefined> {
	const items = (await listLatest(context, matches)).filter(matches);
	const latest = (await readDetails(context, items))
		.map(({ item, request }) => ({ request: request ?? item, at: modifiedAt(request) }))
		.sort((a, b) => b.at - a.at)[0];
	return latest?.request;
}

async function listLatest(
	{ client, partition, signal }: ReadContext,
	matches: (item: RequestItem) => boolean,
): Promise<readonly RequestItem[]> {
	const { view, user } = partition;
	const list = (modifiedAfter?: number): Promise<RequestPage> => {
		const userId = user === '' ? undefined : user;
		return listRequests(client, { view, userId, modifiedAfter, limit: PAGE_ITEMS }, { signal });
	};
	let best = await list();
	const now = latestSecond(client);
	let tooShort = 0;
	let tooLong = Infinity;
	while (mayGoOn(best) && tooLong - tooShort > 1) {
		const reach =
			tooLong === Infinity
				? Math.max(FIRST_REACH, tooShort * 24)
				: Math.floor((tooShort + tooLong) / 2);
		if (reach > LONGEST_REACH) break;
		const page = await list(now - reach);
		if (page.items.some(matches)) {
			best = page;
			tooLong = reach;
		} else {
			tooShort = reach;
		}
	}
	return best.items;
}

/** A hint that is wrong costs a few calls more. */
function mayGoOn(page: RequestPage): boolean {
	return page.rows >= PAGE_ITEMS || new PageHints().claimsOf(page, 0).length > 0;
}

function modifiedAt(request: JsonObject | undefined): number {
	const lastModified = request?.['lastModified'];
	return typeof lastModified === 'string' ? (parseTimestamp(lastModified) ?? 0) : 0;
}
