import type { Clock } from '../clock';
import type { ClientWarning } from '../http/client-warnings';
import { AnswerDates } from './answer-dates';
import { describeClocks } from './describe-clocks';
import { elapsedSince, type TimeMemory } from './time-memory';

/** When a call was sent, for {@link ServerTime.at}: what is known of the time grows. */
export interface SentCall {
	/** Monotonic; earlier by so much as a cache says that its answer is old. */
	readonly sentMs: number;
	/** Server milliseconds: it was not sent later, if its own `Date` is right. */
	readonly latestMs: number | undefined;
	/** What its `Date` says. */
	readonly dateMs?: number;
}

/**
 * What time it is at Concur: the one place that judges it.
 *
 * Four parties claim that it is at least so late: the `Date`s of the answers, the clock of this
 * machine, the modification times in Concur's records (each had come when its answer arrived), and
 * what an earlier judgement left behind. Any one of them may be wrong, by minutes or years. Believed
 * is the latest moment that *two* of them support, so that one wrong party alone cannot make it
 * later than it is: what lies before it is closed for ever. Too early costs nothing but a second
 * reading.
 */
export interface ServerTime {
	/** Takes in the headers of an answer that has just arrived. */
	observe(headers: Readonly<Record<string, string>>, sentMs: number): SentCall;
	/** A call that is about to be sent and may bring no answer to take in. */
	mark(): SentCall;
	/** Takes in a time, in milliseconds since 1970, that a record in the answer to a call bears. */
	witness(writtenMs: number, call: SentCall): void;
	/** Takes in what an earlier judgement has left behind. */
	recall(memory: TimeMemory): void;
	/** What a later judgement may take in; undefined where nothing is believed. */
	remember(): TimeMemory | undefined;
	/** Server milliseconds that have come; undefined where no two parties say anything. */
	now(): number | undefined;
	/** Server milliseconds that had come when a call was sent, as known now. */
	at(call: SentCall): number | undefined;
	/** The latest of all claims, to be believed by nobody: what to reckon with. */
	latest(): number;
	/** Undefined where the parties agree. */
	warning(): ClientWarning | undefined;
}

export function createServerTime(clock: Clock): ServerTime {
	const dates = new AnswerDates();
	// Claims are what server milliseconds are ahead of monotonic ones, at least.
	let records: number | undefined;
	/** By how much `Date` is behind for sure: an answer cannot tell of what came after it. */
	let dateLag = 0;
	let memory: TimeMemory | undefined;

	const readLocal = () => clock.epochMs() - clock.monotonicMs();
	const readMemory = (): number | undefined => {
		if (!memory) return undefined;
		const now = clock.monotonicMs();
		const date = dates.claim;
		const shown = { local: clock.epochMs(), date: date && date.least + now };
		return memory.believed + elapsedSince(memory, shown, clock) - now;
	};
	const readClaims = () =>
		[dates.claim?.least, readLocal(), records, readMemory()]
			.filter((claim) => claim !== undefined)
			.sort((a, b) => b - a);
	const believe = (): number | undefined => readClaims()[1];
	/** An answer that is older than its clock is behind comes from a cache, and tells of that time. */
	const lagNow = (believed: number) =>
		Math.min(dateLag, Math.max(0, believed - (dates.claim?.least ?? believed)));
	const toNow = (offset: number) => Math.floor(offset + clock.monotonicMs());

	return {
		observe(headers, sentMs) {
			const arrivedMs = clock.monotonicMs();
			const named = dates.add(headers['date'], sentMs, arrivedMs, readLocal());
			// Date was written after sending and at most the whole elapsed time later.
			const latestMs = named === undefined ? undefined : named - (arrivedMs - sentMs);
			const asked = { sentMs: sentMs - readAge(headers['age']), latestMs };
			return named === undefined ? asked : { ...asked, dateMs: named };
		},
		mark: () => ({ sentMs: clock.monotonicMs(), latestMs: undefined }),
		witness(writtenMs, { dateMs }) {
			if (dateMs !== undefined) dateLag = Math.max(dateLag, writtenMs - dateMs - 1000);
			const claim = writtenMs - clock.monotonicMs();
			if (records === undefined || claim > records) records = claim;
		},
		recall(earlier) {
			memory = earlier;
			dateLag = Math.max(dateLag, earlier.dateLag ?? 0);
		},
		remember() {
			const believed = believe();
			if (believed === undefined) return undefined;
			const date = dates.claim;
			return {
				believed: toNow(believed),
				local: Math.floor(clock.epochMs()),
				...(date && { date: toNow(date.least) }),
				...(dateLag > 0 && { dateLag }),
				monotonic: Math.ceil(clock.monotonicMs()),
				...(clock.originMs && { origin: clock.originMs() }),
			};
		},
		now() {
			const believed = believe();
			return believed === undefined ? undefined : toNow(believed);
		},
		at({ sentMs, latestMs }) {
			const believed = believe();
			if (believed === undefined) return undefined;
			return Math.floor(Math.min(believed + sentMs, (latestMs ?? Infinity) + lagNow(believed)));
		},
		latest: () => toNow(readClaims()[0] ?? readLocal()),
		warning: () =>
			describeClocks({ dates, local: readLocal(), records, believed: believe(), toNow }),
	};
}

/** For how long a cache has kept the answer, in milliseconds. */
function readAge(header: string | undefined): number {
	return header !== undefined && /^\s*\d{1,10}\s*$/.test(header) ? Number(header) * 1000 : 0;
}
