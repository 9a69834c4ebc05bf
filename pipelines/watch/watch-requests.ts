import type { ConcurClient } from '../../concur/client';
import { listRequests } from '../../concur/travel-request/list-requests';
import { latestSecond, MOST_SKEW_SECONDS } from '../extract/server-clock';
import { ListKnowledge } from '../lists/list-knowledge';
import type { OpenWindow } from '../lists/window-query';
import { OVERLAP_SECONDS, SETTLE_LAG_SECONDS } from '../windows/lags';
import type { Partition } from '../sinks/sink';
import type { Window } from '../windows/window';
import { findLatestRequest } from './latest-request';
import { Memory } from './memory';
import type { PollTime } from './poll-time';
import { beginAt, type RequestState } from './request-state';
import { reopenState } from './reopen-state';
import { walkWindow, type Piece } from './walk-window';

/** Events that one poll hands out, give or take a page: n8n holds them all in memory. */
const MOST_EVENTS = 1_000;

/** What a judge knows of the piece it judges. */
export interface JudgedPiece extends Piece {
	/** Whether the window may have been listed before: by an earlier poll, or in part. */
	readonly isAgain: boolean;
}

/** Decides which listed requests are events, and remembers what it has seen of them. */
export interface Judge<Event> {
	/** Changes the memory only once it has all it needs, so that a failure leaves no trace. */
	judge(piece: JudgedPiece, state: RequestState, memory: Memory): Promise<Event[]>;
	/** Forgets what will not be asked for again; returns the state with a horizon moved for it. */
	forget(state: RequestState, memory: Memory): RequestState;
	/** The latest second, `now` at most, up to which all changes are known to have been judged. */
	lastJudged(memory: Memory, now: number): number | undefined;
	/** Whether the memory should shrink before it takes in more. */
	isFull(memory: Memory): boolean;
}

export interface RequestWatchOptions<Event> {
	readonly client: ConcurClient;
	readonly partition: Partition;
	readonly time: PollTime;
	readonly judge: Judge<Event>;
	readonly warn: (message: string) => void;
}

export interface RequestPoll<Event> {
	readonly events: readonly Event[];
	readonly state: RequestState;
}

type Place = Pick<RequestWatchOptions<unknown>, 'client' | 'partition' | 'time' | 'warn'>;

/**
 * Begins to watch at the server's present. What was modified before is never told.
 *
 * Where the clocks disagree, it begins at the latest change that there is, or at what two signs
 * support: rather tell of an old change than never of a new one.
 */
export async function beginRequestWatch(place: Place): Promise<RequestState> {
	const { client, partition, time, warn } = place;
	let start = (await askServerSecond(place)) ?? 0;
	if (latestSecond(client) - start > MOST_SKEW_SECONDS) {
		await findLatestRequest({ client, partition, signal: time.signal, warn });
		start = (await askServerSecond(place)) ?? 0;
	}
	tellOfClocks(place);
	return { ...beginAt(start), ...rememberTime(client) };
}

/**
 * Lists what was modified since the last poll, the oldest first, and then once more the windows
 * that have become old enough for late arrivals to be in them: each second is listed twice.
 *
 * When the time is up it stops behind a complete window, or within a crowded second, and the state
 * it returns says how far it came. However little time there is, a poll comes to an event.
 * @throws what the client throws, unless there are events to hand out: then the next poll meets it.
 */
export async function pollRequests<Event>(
	options: RequestWatchOptions<Event>,
	before: RequestState,
): Promise<RequestPoll<Event>> {
	if (before.time) options.client.serverTime.recall(before.time);
	const poll = new Poll(options, before.time ? before : await reopen(options, before));
	try {
		await poll.listNew();
		await poll.listAgain();
	} catch (error) {
		const isCutShort = options.time.signal.aborted && poll.hasAdvanced;
		if (poll.events.length === 0 && !isCutShort) throw error;
		const reason = error instanceof Error ? error.message : 'for an unknown reason';
		options.warn(`This poll ended early and leaves the rest to the next one: ${reason}`);
	}
	tellOfClocks(options);
	return { events: poll.events, state: { ...poll.finish(), ...rememberTime(options.client) } };
}

/** A state of a version that believed one `Date` may have come further than the time. */
async function reopen<Event>(
	options: RequestWatchOptions<Event>,
	state: RequestState,
): Promise<RequestState> {
	const now = await askServerSecond(options);
	if (now === undefined || state.until <= now) return state;
	const { judge, warn } = options;
	const reopened = reopenState(state, judge.lastJudged(new Memory(state.memory), now));
	warn(
		`This trigger had taken changes as seen that had not been made yet: a Date of Concur's answers was ahead of the time. It goes on from ${new Date(reopened.until * 1000).toISOString()}.`,
	);
	return reopened;
}

function rememberTime(client: ConcurClient): Pick<RequestState, 'time'> {
	const time = client.serverTime.remember();
	return time ? { time } : {};
}

function tellOfClocks({ client, warn }: Place): void {
	const warning = client.serverTime.warning();
	if (warning) warn(`${warning.message} ${warning.advice}`);
}

class Poll<Event> {
	readonly events: Event[] = [];
	hasAdvanced = false;
	readonly #memory: Memory;
	readonly #lists: ListKnowledge;
	#until: number;
	#young: readonly Window[];
	/** The second of the server's clock, once known. */
	#now: number | undefined;
	/** Windows before this place were young before this poll. */
	readonly #oldYoung: number;

	constructor(
		private readonly options: RequestWatchOptions<Event>,
		private readonly before: RequestState,
	) {
		this.#memory = new Memory(before.memory);
		this.#lists = new ListKnowledge(({ message, advice }) => {
			options.warn(`${message} ${advice}`);
		});
		this.#until = before.until;
		this.#young = before.young.map(([from, to]) => ({ from, to }));
		this.#oldYoung = this.#young.length;
	}

	/** What no poll has listed yet. */
	async listNew(): Promise<void> {
		if (this.#mustWait()) return;
		await this.#walk({ from: this.#until + 1, to: undefined }, false, ({ window, listedAt }) => {
			this.#until = window.to;
			const from = Math.max(window.from, listedAt - OVERLAP_SECONDS + 1);
			if (from <= window.to) this.#addYoung({ from, to: window.to });
		});
	}

	/** What was listed while records could still turn up in it. */
	async listAgain(): Promise<void> {
		if (this.#young.length === 0) return;
		this.#now ??= (await askServerSecond(this.options)) ?? 0;
		const now = this.#now;
		const ripe = this.#young
			.slice(0, this.#oldYoung)
			.filter(({ to }) => now >= to + OVERLAP_SECONDS);
		for (const window of ripe) {
			const isDone = await this.#walk(window, true, (piece) => {
				this.#young = this.#young.flatMap((young) =>
					young.to === window.to ? cutOff(young, piece.window.to) : [young],
				);
			});
			if (!isDone || this.#isEnough()) return;
		}
	}

	finish(): RequestState {
		const state: RequestState = {
			...this.before,
			until: this.#until,
			young: this.#young.map(({ from, to }) => [from, to]),
		};
		const { horizon } = this.options.judge.forget(state, this.#memory);
		return { ...state, horizon, memory: this.#memory.toLines() };
	}

	/** Returns whether it came to the end of the window. */
	async #walk(
		whole: Window | OpenWindow,
		isRipe: boolean,
		close: (piece: Piece) => void,
	): Promise<boolean> {
		const { judge, client, partition, time, warn } = this.options;
		const { signal } = time;
		const lists = this.#lists;
		const context = { client, partition, signal, lists, warn, settleLag: SETTLE_LAG_SECONDS };
		for await (const piece of walkWindow(context, whole)) {
			this.#now = piece.listedAt;
			const { from, to } = piece.window;
			if (to < from) return true;
			const isAgain = isRipe || from === to;
			const found = await judge.judge({ ...piece, isAgain }, this.before, this.#memory);
			this.events.push(...found);
			if (piece.isLast) close(piece);
			if (!piece.isLast && found.length === 0) continue;
			this.hasAdvanced = true;
			if (this.#isEnough() || (!isRipe && piece.isLast && this.#mustWait())) return false;
		}
		return true;
	}

	/** A poll without events goes on: n8n may forget what it has done. */
	#isEnough(): boolean {
		const { length } = this.events;
		return (length > 0 && this.options.time.isUp()) || length >= MOST_EVENTS;
	}

	/** Where nothing is young, waiting would make no room. */
	#mustWait(): boolean {
		return this.#young.length > 0 && this.options.judge.isFull(this.#memory);
	}

	/** The young windows of one poll become one, so that they stay few. */
	#addYoung(window: Window): void {
		const last = this.#young.at(-1);
		const isOwn = this.#young.length > this.#oldYoung;
		if (isOwn && last && last.to + 1 === window.from)
			this.#young = [...this.#young.slice(0, -1), { from: last.from, to: window.to }];
		else this.#young = [...this.#young, window];
	}
}

/** Undefined where too little tells what time it is. */
async function askServerSecond({ client, partition, time }: Place): Promise<number | undefined> {
	const { view, user } = partition;
	const query = { view, userId: user === '' ? undefined : user, limit: 1 };
	const { sent } = await listRequests(client, query, { signal: time.signal });
	const milliseconds = client.serverTime.at(sent);
	return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000);
}

function cutOff(window: Window, through: number): Window[] {
	return through >= window.to ? [] : [{ from: through + 1, to: window.to }];
}
