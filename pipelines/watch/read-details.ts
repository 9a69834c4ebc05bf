import type { ConcurClient } from '../../concur/client';
import type { JsonObject } from '../../concur/json';
import { listRequests, type RequestItem } from '../../concur/travel-request/list-requests';
import { isContained } from '../extract/failures';
import { readRecord } from '../extract/read-record';
import type { Partition } from '../sinks/sink';

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
 * Reads listed requests in full; those deleted since are left out.
 *
 * One that cannot be read while Concur answers otherwise must not hold up all others for ever, so
 * it comes without details.
 * @throws what the client throws where nothing can be read.
 */
export async function readDetails(
	{ client, partition, signal, warn }: ReadContext,
	items: readonly RequestItem[],
): Promise<DetailedItem[]> {
	const read = await Promise.all(
		items.map(async (item): Promise<DetailedItem | undefined> => {
			try {
				const bundle = await readRecord(client, item, partition.user, 'request', signal);
				return bundle && { item, request: bundle.request };
			} catch (error) {
				if (!isContained(error) || ABOUT_THE_WAY.has(error.code)) throw error;
				warn(`Travel request ${item.id} could not be read: ${error.message}`);
				return { item, request: undefined };
			}
		}),
	);
	const found = read.filter((each) => each !== undefined);
	if (found.some(({ request }) => !request))
		await askWhetherConcurAnswers(client, partition, signal);
	return found;
}

async function askWhetherConcurAnswers(
	client: ConcurClient,
	{ view, user }: Partition,
	signal: AbortSignal,
): Promise<void> {
	await listRequests(client, { view, userId: user || undefined, limit: 1 }, { signal });
}
