import type { ConcurClient } from '../../concur/client';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { DeadLetter, Detail, ExtractedRecord, Partition } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import { buildRecord, deletedRecord } from '../tables/flatten';
import type { Window } from '../windows/window';
import type { DeadLetters } from './dead-letters';
import { isContained } from './failures';
import { readRecord } from './read-record';

export interface ReadContext {
	readonly client: ConcurClient;
	readonly partition: Partition;
	readonly detail: Detail;
	readonly drift: Drift;
	readonly signal: AbortSignal;
	readonly letters: DeadLetters;
}

/** A record to be read: what is known of it so far, and the window that listed it. */
export interface WantedRecord {
	readonly item: RequestItem;
	readonly window: Window;
}

export interface ReadRecords {
	readonly records: readonly ExtractedRecord[];
	readonly deadLetters: readonly DeadLetter[];
}

/**
 * Reads records; one that cannot be read becomes a dead letter, the others go on. Whoever has
 * failed in this run already is not asked again.
 *
 * @param windowOf which window may list a record once more: its own, unless told.
 * @throws what would stop every other call too.
 */
export async function readRecords(
	context: ReadContext,
	wanted: readonly WantedRecord[],
	windowOf = ({ window }: WantedRecord): Window => window,
): Promise<ReadRecords> {
	const deadLetters: DeadLetter[] = [];
	const records = await Promise.all(
		wanted.map(async (one) => {
			const failed = context.letters.repeat(one.item.id, one.window);
			if (failed) {
				deadLetters.push(failed);
				return undefined;
			}
			try {
				return await readOne(context, one, windowOf);
			} catch (error) {
				if (!isContained(error)) throw error;
				const { item, window } = one;
				deadLetters.push(context.letters.bury(item.id, window, error, serverTime(context)));
				return undefined;
			}
		}),
	);
	return { records: records.filter((record) => record !== undefined), deadLetters };
}

async function readOne(
	context: ReadContext,
	one: WantedRecord,
	windowOf: (one: WantedRecord) => Window,
): Promise<ExtractedRecord> {
	const { client, partition, detail, drift, signal } = context;
	const bundle = await readRecord(client, one.item, partition.user, detail, signal);
	const window = windowOf(one);
	return bundle
		? buildRecord(bundle, window, drift)
		: deletedRecord(one.item.id, window, serverTime(context));
}

function serverTime({ client }: ReadContext): string {
	return new Date(client.serverNow() ?? 0).toISOString();
}
