import type { ConcurClient } from '../client';
import { UnexpectedBodyError } from '../errors';
import { QueueScan } from './queue-scan';
import {
	readConnectionPage,
	type ConnectionForm,
	type ListConnectionRequestsQuery,
	type ReadConnectionOptions,
} from './read-connections';

const PAGE_ITEMS = 10;

/** A page of the queue as {@link drainQueue} finds it. */
export interface DrainedPage<T> {
	/** What no page before it has had. */
	readonly items: readonly T[];
	/** Lower bound of when they were shown, in server milliseconds. */
	readonly sentAt: number;
	/**
	 * Whether the queue, asked again for the same page, has shown none of them: they have been
	 * answered since, or the queue leases what it shows.
	 */
	readonly isHidden: boolean;
}

/** All pages of the queue, in any form; see `drainConnectionRequests`. */
export async function* drainPages<T>(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'>,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): AsyncGenerator<T[], void, undefined> {
	for await (const { items } of drainQueue(client, query, options, form)) yield [...items];
}

/** The same, with what the pages tell about the queue. */
export async function* drainQueue<T>(
	client: ConcurClient,
	query: Omit<ListConnectionRequestsQuery, 'offset'>,
	options: ReadConnectionOptions,
	form: ConnectionForm<T>,
): AsyncGenerator<DrainedPage<T>, void, undefined> {
	const { idOf } = form;
	// To show a request again makes a new token for it, and the one already handed on may be void.
	const scan = options.includeRequestToken ? undefined : new QueueScan();
	const seen = new Set<string>();
	const offsets = new Set<string>();
	let isLinked = false;
	let place: { offset?: string; limit: number } = { limit: query.limit ?? PAGE_ITEMS };
	let held: DrainedPage<T> | undefined;
	for (;;) {
		const page = await readConnectionPage(client, { ...query, ...place }, options, form);
		const { items, next, sentAt } = page;
		if (held) yield askedAgain(held, page, idOf);
		held = undefined;
		const fresh = items.filter((item) => !seen.has(idOf(item)) && seen.add(idOf(item)));
		const drained = { items: fresh, sentAt, isHidden: false };
		if (scan?.hasGap(items.map(idOf), fresh.length)) {
			if (fresh.length > 0) yield drained;
			offsets.clear();
			place = { offset: scan.goBack(place.limit), limit: place.limit };
			continue;
		}
		if (next === undefined) {
			// A full page and no NextPage ever: the whole queue, or a lease. To ask again tells, and
			// makes new request tokens where it is the former, so the page waits for them.
			if (!isLinked && fresh.length >= place.limit) {
				held = drained;
				continue;
			}
			if (fresh.length > 0) yield drained;
			return;
		}
		isLinked = true;
		if (fresh.length > 0) yield drained;
		if (items.length === 0) return;
		if (offsets.has(next.offset)) throw circle();
		offsets.add(next.offset);
		place = {
			offset: scan ? scan.goOn(next.offset, items.length) : next.offset,
			limit: next.limit ?? place.limit,
		};
	}
}

/** The held page, its records replaced by newer readings of them. */
function askedAgain<T>(
	held: DrainedPage<T>,
	{ items, sentAt }: { readonly items: readonly T[]; readonly sentAt: number },
	idOf: (item: T) => string,
): DrainedPage<T> {
	const newer = new Map(items.map((item) => [idOf(item), item]));
	const isHidden = !held.items.some((item) => newer.has(idOf(item)));
	return {
		items: held.items.map((item) => newer.get(idOf(item)) ?? item),
		sentAt: isHidden ? held.sentAt : sentAt,
		isHidden,
	};
}

function circle(): UnexpectedBodyError {
	return new UnexpectedBodyError(
		'CONCUR_UNEXPECTED_BODY',
		'The pages of connection requests turn in a circle: Concur names an offset again.',
		{
			advice: 'Answer the requests that were read, then read again; tell SAP support if it stays.',
		},
	);
}
