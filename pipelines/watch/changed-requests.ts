import { ConcurError } from '../../concur/errors';
import type { JsonObject } from '../../concur/json';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { parseTimestamp } from '../../concur/time';
import { areMostlyOutside } from '../lists/filters';
import { shorten, type Memory } from './memory';
import { readDetails, type ReadContext } from './read-details';
import type { RequestState } from './request-state';
import type { JudgedPiece, Judge } from './watch-requests';

/**
 * Records remembered before the watch waits for some to be forgotten: it bounds the state, and only
 * one crowded second alone may pass it.
 */
const MOST_REMEMBERED = 2_500;

/** Tells, together with an id and a time, one state of a list item from another. */
const MARK_LENGTH = 5;

/** So many records of one window do not lag behind their list all at once. */
const LEAST_TELLING = 5;

/**
 * Finds requests that were created or modified.
 *
 * A listing alone cannot tell a change from a record that is listed once more: items carry no
 * modification time, and not all that changes shows in them. So each is read in full, and is an
 * event where its `lastModified` differs from that of its last event. That time and a fingerprint
 * of the list item are remembered for as long as the record may be listed again without having
 * changed. One modified since it was listed is left to the window that will list it so: many
 * changes between two polls are one event, with the latest state.
 */
export class ChangeJudge implements Judge<JsonObject> {
	constructor(private readonly context: ReadContext) {}

	async judge(piece: JudgedPiece, state: RequestState, memory: Memory): Promise<JsonObject[]> {
		const { window } = piece;
		const items = piece.items.filter((item) => !isUnchanged(item, piece, memory));
		const changes: { readonly at: number; readonly request: JsonObject }[] = [];
		const details = await readDetails(this.context, items, window);
		const times = details.map(({ request }) => request).filter((request) => request !== undefined);
		if (times.length >= LEAST_TELLING && areMostlyOutside({ ...window, to: undefined }, times))
			throw filtersIgnored();
		for (const { item, request } of details) {
			const at = modifiedAt(request) ?? window.to * 1000;
			const second = Math.floor(at / 1000);
			if (second > window.to) continue;
			// Details that lag behind the list tell nothing about what is known.
			const isBehind = second < window.from - 1;
			const isTold = second < state.start || memory.get(item.id)?.at === at;
			memory.set(item.id, { at, mark: markOf(item) });
			if (isBehind || !isTold) changes.push({ at, request: request ?? item });
		}
		return changes.sort((a, b) => a.at - b.at).map(({ request }) => request);
	}

	/** Keeps what windows still to be listed may list again; they reach one second back. */
	forget(state: RequestState, memory: Memory): RequestState {
		const open = state.young[0]?.[0] ?? state.until + 1;
		memory.forgetBefore((open - 1) * 1000);
		return state;
	}

	/** One less than the latest, in whose second others may have been modified. */
	lastJudged(memory: Memory, now: number): number | undefined {
		const latest = memory.latestUpTo(now * 1000 + 999);
		return latest === undefined ? undefined : Math.floor(latest / 1000) - 1;
	}

	isFull(memory: Memory): boolean {
		return memory.size >= MOST_REMEMBERED;
	}
}

/**
 * Whether an item was an event in this very window and still looks the same: it need not be read
 * then. A later change would have taken it out of the window.
 */
function isUnchanged(item: RequestItem, { window, isAgain }: JudgedPiece, memory: Memory): boolean {
	const known = isAgain ? memory.get(item.id) : undefined;
	if (!known) return false;
	const second = Math.floor(known.at / 1000);
	return second >= window.from && second <= window.to + 1 && known.mark === markOf(item);
}

/** All that was ever modified would be told as changed, at each poll. */
function filtersIgnored(): ConcurError {
	return new ConcurError(
		'CONCUR_FILTERS_IGNORED',
		'Concur lists requests that were not modified in the time that was asked for, so what has changed since the last poll cannot be told.',
		{
			advice:
				'Nothing is lost: the next poll asks again. Look for a gateway that drops modifiedAfter or modifiedBefore, or tell SAP support.',
		},
	);
}

function modifiedAt(request: JsonObject | undefined): number | undefined {
	const lastModified = request?.['lastModified'];
	return typeof lastModified === 'string' ? parseTimestamp(lastModified) : undefined;
}

function markOf(item: RequestItem): string {
	return shorten(JSON.stringify(item), MARK_LENGTH);
}
