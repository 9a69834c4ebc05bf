import type { ConcurClient } from '../../concur/client';
import type { ConcurError } from '../../concur/errors';
import type { JsonObject } from '../../concur/json';
import { parseTimestamp } from '../../concur/time';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import type { DeadLetter, Detail, ExtractedRecord, Partition } from '../sinks/sink';
import type { Drift } from '../tables/drift';
import { buildRecord } from '../tables/flatten';
import type { Window } from '../windows/window';
import { describeUnreadable, letterIdOf } from './bad-record';
import type { DeadLetters } from './dead-letters';
import { isContained } from './failures';
import { MissingRecordError } from './missing-record';
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
	/** Letters that are settled without a record: of members of a list that were none. */
	readonly settled?: readonly string[];
}

/** A record that Concur says it does not have, and the window that may list it once more. */
export interface MissingRecord extends WantedRecord {
	readonly error: ConcurError;
	readonly mayComeIn: Window;
}

/** What came of reading; whoever asked for it decides on what is missing (see `missing-record`). */
export interface Reading extends ReadRecords {
	readonly missing: readonly MissingRecord[];
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
): Promise<Reading> {
	const { client, partition, detail, drift, signal, letters } = context;
	const deadLetters: DeadLetter[] = [];
	const missing: MissingRecord[] = [];
	const readOne = async (one: WantedRecord): Promise<ExtractedRecord | undefined> => {
		const { item, window } = one;
		const letterId = letterIdOf(item.id);
		const failed = letters.repeat(letterId, window);
		if (failed) {
			deadLetters.push(failed);
			return undefined;
		}
		try {
			const bundle = await readRecord(client, item, partition.user, detail, signal);
			return buildRecord(bundle, mayComeIn(bundle.request, windowOf(one)), drift);
		} catch (error) {
			if (!isContained(error)) throw error;
			if (error instanceof MissingRecordError)
				missing.push({ ...one, error, mayComeIn: windowOf(one) });
			else deadLetters.push(letters.bury(letterId, window, error, serverTime(context)));
			return undefined;
		}
	};
	const records = (await Promise.all(wanted.map(readOne))).filter((each) => each !== undefined);
	return { records, deadLetters, missing };
}

/**
 * The window that may list a record once more. One that was edited between its listing and its reading
 * has been read as the window of its new time will show it.
 */
function mayComeIn({ lastModified }: JsonObject, window: Window): Window {
	const modified = typeof lastModified === 'string' ? parseTimestamp(lastModified) : undefined;
	const second = Math.floor((modified ?? 0) / 1000);
	return second > window.to ? { from: second, to: second } : window;
}

/** Dead letters for members of a list that are no records. */
export function buryUnreadable(
	context: Pick<ReadContext, 'client' | 'letters'>,
	unreadable: readonly unknown[],
	window: Window,
): DeadLetter[] {
	const { letters } = context;
	return unreadable.map((member) => {
		const { letterId, error } = describeUnreadable(member);
		return (
			letters.repeat(letterId, window) ?? letters.bury(letterId, window, error, serverTime(context))
		);
	});
}

/** The server's time, for what is noted of a record that has no time of its own. */
export function serverTime({ client }: Pick<ReadContext, 'client'>): string {
	return new Date(client.serverNow() ?? Date.now()).toISOString();
}
