import type { ConcurClient } from '../../concur/client';
import type { ConcurError } from '../../concur/errors';
import type { JsonObject } from '../../concur/json';
import { listRequests, type RequestItem } from '../../concur/travel-request/list-requests';
import { isContained } from '../extract/failures';
import { isOutage, MissingRecordError } from '../extract/missing-record';
import { readRecord } from '../extract/read-record';
import { ListKnowledge } from '../lists/list-knowledge';
import { listWindow } from '../lists/list-window';
import type { Partition } from '../sinks/sink';
import type { Window } from '../windows/window';

/** Failures that are about the way to Concur, whichever record was asked for. */
const ABOUT_THE_WAY: ReadonlySet<string> = new Set([
	'CONCUR_NETWORK',
	'CONCUR_RATE_LIMITED',
	'CONCUR_TIMEOUT',
]);

export interface ReadContext {
	readonly client: ConcurClient;
	readonly partition: Partition;
	readonly signal: AbortSignal;
	/** Tells whoever keeps an eye on the workflow. */
	readonly warn: (message: string) => void;
}

/** A listed request with its details. */
export interface DetailedItem {
	readonly item: RequestItem;
	/** Undefined where Concur lists the request and cannot show it. */
	readonly request: JsonObject | undefined;
}

/**
 * Reads listed requests in full; those deleted since are left out, by the two signs of a deletion
 * (see `missing-record` of the extract).
 *
 * One that cannot be read while Concur answers otherwise must not hold up all others for ever, so
 * it comes without details.
 * @param window what has listed them; where it is not told, none is taken as deleted.
 * @throws what the client throws where nothing can be read.
 */
export async function readDetails(
	context: ReadContext,
	items: readonly RequestItem[],
	window?: Window,
): Promise<DetailedItem[]> {
	const { client, partition, signal } = context;
	const failures = new Map<string, ConcurError>();
	const read = await Promise.all(
		items.map(async (item): Promise<DetailedItem> => {
			try {
				const { request } = await readRecord(client, item, partition.user, 'request', signal);
				return { item, request };
			} catch (error) {
				if (!isContained(error) || ABOUT_THE_WAY.has(error.code)) throw error;
				failures.set(item.id, error);
				return { item, request: undefined };
			}
		}),
	);
	if (failures.size === 0) return read;
	const isListed = await listFailed(context, failures, read.length, window);
	for (const [id, error] of failures)
		if (isListed(id)) context.warn(`Travel request ${id} could not be read: ${error.message}`);
	return read.filter(({ item, request }) => request !== undefined || isListed(item.id));
}

/** Asks Concur again for what could not be read: which of it does it still list? */
async function listFailed(
	{ client, partition, signal }: ReadContext,
	failures: ReadonlyMap<string, ConcurError>,
	asked: number,
	window: Window | undefined,
): Promise<(id: string) => boolean> {
	const missing = new Set(
		[...failures].flatMap(([id, error]) => (error instanceof MissingRecordError ? [id] : [])),
	);
	if (!window || missing.size === 0 || isOutage(missing.size, asked - failures.size)) {
		await askWhetherConcurAnswers(client, partition, signal);
		return () => true;
	}
	const lists = new ListKnowledge();
	const listing = await listWindow({ client, partition, signal, lists }, window);
	if (listing.overflow) return () => true;
	for (const { id } of listing.items) missing.delete(id);
	return (id) => !missing.has(id);
}

async function askWhetherConcurAnswers(
	client: ConcurClient,
	{ view, user }: Partition,
	signal: AbortSignal,
): Promise<void> {
	await listRequests(client, { view, userId: user || undefined, limit: 1 }, { signal });
}
