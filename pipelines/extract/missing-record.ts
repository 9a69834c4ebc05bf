import { ConcurError, type HttpError } from '../../concur/errors';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { isNotFound } from '../../concur/travel-request/not-found';
import { deletedRecord } from '../tables/flatten';
import type { Window } from '../windows/window';
import { isStandIn } from './bad-record';
import { isContained } from './failures';
import {
	serverTime,
	type MissingRecord,
	type ReadContext,
	type Reading,
	type ReadRecords,
} from './read-records';

/**
 * Whether a record is gone: the one place that decides it, for windows, re-reads and letters of
 * earlier runs; `reconcile` and the trigger go by the same two signs.
 *
 * A deletion is announced by nobody, and taking a living record for a deleted one is taken back by
 * nobody: an old record is never listed again. So it takes two signs that one broken answer cannot
 * give: Concur's own `notFound` for the record (never a gateway's 404), and a list made *after* that
 * answer which should show the record and does not. What has only the first is a dead letter, so
 * that its window stays open and the next run looks again.
 *
 * A record that was edited in between leaves its window too. It is then listed under its new time,
 * by this run or the next one, and read there: that mistake takes itself back.
 */

/** Concur itself says that it does not have this request. Alone it proves no deletion. */
export class MissingRecordError extends ConcurError {
	constructor(cause: HttpError) {
		super(cause.code, cause.message, {
			status: 404,
			advice:
				'The next run tries it again, and marks it as deleted once a list does not show it any more.',
			...(cause.concurCode === undefined ? {} : { concurCode: cause.concurCode }),
			...(cause.correlationId === undefined ? {} : { correlationId: cause.correlationId }),
			cause,
		});
	}
}

/** @throws {MissingRecordError} where Concur itself says that it is not there. */
export async function orMissing<T>(reading: Promise<T>): Promise<T> {
	try {
		return await reading;
	} catch (error) {
		throw isNotFound(error) ? new MissingRecordError(error) : error;
	}
}

/** So many may be deleted between two calls; more of them at once, and more than are found, are an outage. */
const MOST_GONE = 5;

export function isOutage(missing: number, found: number): boolean {
	return missing > MOST_GONE && missing > found;
}

/**
 * Decides on the records that Concur listed and then said it does not have.
 *
 * @param listAgain lists anew what has shown them; called where some are missing, and only then.
 * @param found how many of the listed ones could be read.
 * @throws what would stop every other call too.
 */
export async function settleMissing(
	context: ReadContext,
	reading: Reading,
	listAgain: () => AsyncIterable<readonly RequestItem[]>,
	found = reading.records.length,
): Promise<ReadRecords> {
	const { missing, records, deadLetters } = reading;
	if (missing.length === 0) return reading;
	const unlisted = new Set(missing.map(({ item }) => item.id));
	if (isOutage(missing.length, found) || !(await takeOffListed(unlisted, listAgain)))
		unlisted.clear();
	const judged = judge(context, missing, ({ item }) => unlisted.has(item.id));
	return {
		records: [...records, ...judged.records],
		deadLetters: [...deadLetters, ...judged.deadLetters],
	};
}

/**
 * Decides on records of earlier letters that Concur says it does not have, once this run has listed
 * all that it lists: none of its lists has shown them.
 *
 * @param isListed whether what would show a record of that window has been listed since.
 */
export function settleSuspects(
	context: ReadContext,
	isListed: (window: Window) => boolean,
): ReadRecords {
	return judge(context, context.letters.takeSuspects(), ({ window }) => isListed(window));
}

function judge(
	context: ReadContext,
	missing: readonly MissingRecord[],
	isGone: (record: MissingRecord) => boolean,
): ReadRecords {
	const now = serverTime(context);
	const gone = missing.filter(isGone);
	const doubtful = missing.filter((record) => !gone.includes(record));
	const [settled, deleted] = [gone.filter(isNone), gone.filter((record) => !isNone(record))];
	return {
		settled: settled.map(({ item }) => item.id),
		records: deleted.map(({ item, mayComeIn }) => deletedRecord(item.id, mayComeIn, now)),
		deadLetters: doubtful.map(({ item, window, error }) =>
			context.letters.bury(item.id, window, error, now),
		),
	};
}

/** Whether it was never a record: its letter goes, and there is nothing to delete. */
function isNone({ item }: MissingRecord): boolean {
	return isStandIn(item.id);
}

/** Returns false where it could not be listed, so that a record's absence says nothing. */
async function takeOffListed(
	ids: Set<string>,
	listAgain: () => AsyncIterable<readonly RequestItem[]>,
): Promise<boolean> {
	try {
		for await (const page of listAgain()) for (const { id } of page) ids.delete(id);
		return true;
	} catch (error) {
		if (!isContained(error)) throw error;
		return false;
	}
}
