import { isJsonObject, type JsonObject } from '../../concur/json';
import type { RequestItem } from '../../concur/travel-request/list-requests';
import { parseTimestamp } from '../../concur/time';
import type { Memory } from './memory';
import { readDetails, type ReadContext } from './read-details';
import type { RequestState } from './request-state';
import type { JudgedPiece, Judge } from './watch-requests';
import type { Window } from '../windows/window';

/** Requests whose last status is remembered: the latest modified; it bounds the state. */
const MOST_REMEMBERED = 2_500;

export interface StatusChange {
	/** Null where the request was not seen before. */
	readonly previousStatus: string | null;
	readonly status: string;
	/** As listed, or with its details where they were asked for. */
	readonly request: JsonObject;
}

export interface StatusJudgeOptions extends ReadContext {
	/** Which new statuses are events; all where it is empty. */
	readonly statuses: ReadonlySet<string>;
	/** Whether to read the details of each event. */
	readonly withDetails: boolean;
}

/**
 * Finds requests whose approval status is another than when they were last seen.
 *
 * Of one not seen before nobody knows whether the status or something else has changed. Concur's
 * own dates tell it for most: when it was created, submitted, approved. Where the status is older
 * than the watch (or than what it has forgotten), it is remembered and is no event. Where no date
 * tells, as for a request sent back, it is an event: better one too many.
 */
export class StatusJudge implements Judge<StatusChange> {
	constructor(private readonly options: StatusJudgeOptions) {}

	async judge(piece: JudgedPiece, state: RequestState, memory: Memory): Promise<StatusChange[]> {
		const { statuses, withDetails } = this.options;
		const seen = piece.items.flatMap((item) => {
			const status = statusOf(item);
			if (status === undefined) return [];
			return [{ item, status, known: memory.get(item.id) }];
		});
		const isNew = await this.#findNew(
			seen.filter(({ known }) => !known).map(({ item }) => item),
			piece.window,
			state,
		);
		const changes = seen
			.filter(({ item, status, known }) => (known ? known.mark !== status : isNew.has(item.id)))
			.filter(({ status }) => statuses.size === 0 || statuses.has(status))
			.map(({ item, status, known }) => ({
				previousStatus: known?.mark ?? null,
				status,
				request: item,
			}));
		const events = withDetails ? await this.#addDetails(changes, piece.window) : changes;
		for (const { item, status, known } of seen) {
			memory.set(item.id, { at: Math.max(known?.at ?? 0, piece.window.to), mark: status });
		}
		return events;
	}

	/** Of what is forgotten, the statuses are as old as the forgotten entries at least. */
	forget(state: RequestState, memory: Memory): RequestState {
		const forgotten = memory.keepLatest(MOST_REMEMBERED);
		if (forgotten === undefined) return state;
		return { ...state, horizon: Math.max(state.horizon, forgotten + 1) };
	}

	lastJudged(memory: Memory, now: number): number | undefined {
		return memory.latestUpTo(now);
	}

	isFull(): boolean {
		return false;
	}

	/** Which of the requests not seen before have a status younger than the watch. */
	async #findNew(
		items: readonly RequestItem[],
		window: Window,
		state: RequestState,
	): Promise<Set<string>> {
		// Only the details say when it was approved.
		const approved = items.filter(isApproved);
		const details = new Map(
			(await readDetails(this.options, approved, window)).map(({ item, request }) => [
				item.id,
				request,
			]),
		);
		const isNew = (item: RequestItem): boolean => {
			const since = statusSince({ ...item, ...details.get(item.id) });
			return since === undefined || Math.floor(since / 1000) >= state.horizon;
		};
		return new Set(items.filter(isNew).map(({ id }) => id));
	}

	async #addDetails(
		changes: readonly (StatusChange & { readonly request: RequestItem })[],
		window: Window,
	): Promise<StatusChange[]> {
		const read = await readDetails(
			this.options,
			changes.map(({ request }) => request),
			window,
		);
		const details = new Map(read.map(({ item, request }) => [item.id, request ?? item]));
		return changes.flatMap((change) => {
			const request = details.get(change.request.id);
			return request ? [{ ...change, request }] : [];
		});
	}
}

/** The approval status's code. */
export function statusOf(item: JsonObject): string | undefined {
	const status = item['approvalStatus'];
	const code = isJsonObject(status) ? status['code'] : undefined;
	return typeof code === 'string' && code !== '' ? code : undefined;
}

function isApproved(item: RequestItem): boolean {
	return item['approved'] === true || statusOf(item) === 'APPROVED';
}

/** When a request came into its status, where its dates tell. */
function statusSince(request: RequestItem): number | undefined {
	const status = statusOf(request);
	if (isApproved(request)) return timeOf(request, 'authorizedDate');
	if (status === 'SUBMITTED') return timeOf(request, 'submitDate');
	const wasSubmitted = timeOf(request, 'submitDate') !== undefined;
	return status === 'NOT_SUBMITTED' && !wasSubmitted ? timeOf(request, 'creationDate') : undefined;
}

function timeOf(request: JsonObject, name: string): number | undefined {
	const value = request[name];
	return typeof value === 'string' ? parseTimestamp(value) : undefined;
}
