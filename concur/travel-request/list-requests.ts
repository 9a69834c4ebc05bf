import { hasId, unexpected } from '../answers';
import { checkCount } from '../check-count';
import type { ConcurClient } from '../client';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject, isTooDeep, type JsonObject } from '../json';
import type { SentCall } from '../server-time/server-time';
import { witnessTimes } from '../server-time/witness-times';
import { formatSeconds } from '../time';
import { travelRequestBase } from './request-path';

/** Views of Travel Request v4, list; ALL unless told. Open, since Concur adds views. */
export type RequestView =
	| 'ALL'
	| 'ACTIVE'
	| 'ACTIVEAPPROVED'
	| 'UNSUBMITTED'
	| 'PENDING'
	| 'VALIDATED'
	| 'APPROVED'
	| 'CANCELED'
	| 'CLOSED'
	| 'SUBMITTED'
	| 'TOAPPROVE'
	| 'PENDINGEBOOKING'
	| 'PENDINGPROPOSAL'
	| 'PROPOSALAPPROVED'
	| 'PROPOSALCANCELED'
	| (string & {});

/** Filters and place of one list call. All times are whole seconds since 1970, UTC. */
export interface ListRequestsQuery {
	readonly view?: RequestView | undefined;
	/** The traveler, approver or travel agent whose view it is. */
	readonly userId?: string | undefined;
	/** Index of the first record, from 0. */
	readonly start?: number | undefined;
	/** 1 to 100; Concur takes 10 where none is given. */
	readonly limit?: number | undefined;
	readonly approvedBefore?: number | undefined;
	readonly approvedAfter?: number | undefined;
	readonly modifiedBefore?: number | undefined;
	readonly modifiedAfter?: number | undefined;
	readonly sortField?: 'startDate' | 'approvalStatus' | 'requestId' | undefined;
	readonly sortOrder?: 'ASC' | 'DESC' | undefined;
	/** Early access; for the TOAPPROVE view. */
	readonly includeDelegateApprovals?: boolean | undefined;
}

export type RequestItem = JsonObject & { readonly id: string };

export interface RequestPage {
	/** Thin records: no lastModified, no custom fields, `expenses: []` whatever there is. */
	readonly items: RequestItem[];
	/**
	 * Members of the page that are no object, have no id or are nested too deeply: each is one bad
	 * record, not a bad page.
	 */
	readonly unreadable: readonly unknown[];
	/** How many records the page holds, unreadable ones included. */
	readonly rows: number;
	/** Whether the answer has a `next` link. */
	readonly hasNext: boolean;
	/** The `start` of the `next` link, where it can be read. */
	readonly nextStart?: number;
	/** The `start` of the `last` link, where it can be read. */
	readonly lastStart?: number;
	/** The `totalCount` beside the records, where there is one (facts, 9). */
	readonly totalCount?: number;
	/** When the call was sent, to be asked `ServerTime.at`: records read later tell more of it. */
	readonly sent: SentCall;
	readonly bytes: number;
}

const MOST_ITEMS = 100;
const DEFAULT_ITEMS = 10;

/**
 * One page of Travel Request v4, "Get the list of existing Requests". Only numbers are taken from
 * its links: a link may be malformed or name another host, so the caller asks with its own filters.
 *
 * Whoever finds nothing in a list concludes that nothing is there, so an answer counts only with
 * status 200 and an array in `data`: a body without one, 202, 204 and 206 do not say what is there.
 * @throws what {@link ConcurClient.request} throws; a ConfigurationError `INVALID_PARAMETER`;
 * {@link UnexpectedBodyError} where the answer is no whole list.
 */
export async function listRequests(
	client: ConcurClient,
	query: ListRequestsQuery = {},
	options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<RequestPage> {
	const limit = checkCount('limit', query.limit, 1, MOST_ITEMS);
	const answer = await client.request({
		method: 'GET',
		path: `${travelRequestBase}/requests`,
		query: {
			view: query.view,
			userId: query.userId,
			start: checkCount('start', query.start, 0, Number.MAX_SAFE_INTEGER),
			limit,
			approvedBefore: formatOptional(query.approvedBefore),
			approvedAfter: formatOptional(query.approvedAfter),
			modifiedBefore: formatOptional(query.modifiedBefore),
			modifiedAfter: formatOptional(query.modifiedAfter),
			sortField: query.sortField,
			sortOrder: query.sortOrder,
			includeDelegateApprovals: query.includeDelegateApprovals,
		},
		maxItems: limit ?? DEFAULT_ITEMS,
		signal: options.signal,
	});
	const page = readPage(answer);
	witnessTimes(client, page.items, answer);
	return page;
}

function readPage(answer: ConcurAnswer): RequestPage {
	const { status, data, sent, bytes } = answer;
	if (status !== 200) throw unexpected(answer, `has status ${status}, so it is no whole list`);
	if (!isJsonObject(data)) throw unexpected(answer, 'is not a request list');
	const rows: unknown = data['data'];
	if (!Array.isArray(rows)) throw unexpected(answer, 'is not a request list: `data` is no array');
	const items: RequestItem[] = [];
	const unreadable: unknown[] = [];
	for (const row of rows) {
		if (isJsonObject(row) && hasId(row) && !isTooDeep(row)) items.push(row);
		else unreadable.push(row);
	}
	const links = linksByRel(data['operations']);
	const nextStart = startOf(links.get('next'));
	const lastStart = startOf(links.get('last'));
	const totalCount = countOf(data['totalCount']);
	return {
		items,
		unreadable,
		rows: rows.length,
		hasNext: links.has('next'),
		...(nextStart !== undefined && { nextStart }),
		...(lastStart !== undefined && { lastStart }),
		...(totalCount !== undefined && { totalCount }),
		sent,
		bytes,
	};
}

function linksByRel(operations: unknown): Map<string, unknown> {
	const links = new Map<string, unknown>();
	for (const link of Array.isArray(operations) ? operations : []) {
		if (isJsonObject(link) && typeof link['rel'] === 'string') links.set(link['rel'], link['href']);
	}
	return links;
}

function startOf(href: unknown): number | undefined {
	const digits =
		typeof href === 'string' ? /[?&;]start=(\d{1,15})(?!\d)/.exec(href)?.[1] : undefined;
	return digits === undefined ? undefined : Number(digits);
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function formatOptional(seconds: number | undefined): string | undefined {
	return seconds === undefined ? undefined : formatSeconds(seconds);
}
