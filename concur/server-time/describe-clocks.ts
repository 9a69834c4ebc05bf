import type { ClientWarning } from '../http/client-warnings';
import type { AnswerDates } from './answer-dates';

/** Clocks of one place may differ by so much; the overlap of windows bears it. */
export const MOST_SKEW_MS = 120_000;

export interface Clocks {
	readonly dates: AnswerDates;
	/** What server milliseconds are ahead of monotonic ones, as each says. */
	readonly local: number;
	readonly records: number | undefined;
	readonly believed: number | undefined;
	readonly toNow: (claim: number) => number;
}

/** A warning where those who say what time it is disagree, or where only one says it. */
export function describeClocks(clocks: Clocks): ClientWarning | undefined {
	if (clocks.dates.areMissing) return describeMissing(clocks);
	const { dates, local, records = -Infinity } = clocks;
	const { claim, extremes } = dates;
	if (!claim || !extremes) return undefined;
	const isMixed = extremes.apart > MOST_SKEW_MS;
	const isLocalOff = local < claim.least - MOST_SKEW_MS || local > claim.most + MOST_SKEW_MS;
	const isRecordAhead = records > Math.max(claim.most, local) + MOST_SKEW_MS;
	if (!isMixed && !isLocalOff && !isRecordAhead) return undefined;
	const name = (offset: number) => new Date(clocks.toNow(offset)).toISOString();
	const said = isMixed
		? `the Date of some answers says ${name(extremes.earliest)}, that of others ${name(extremes.youngest)}`
		: `the Date of Concur's answers says ${name(claim.least)}`;
	const shown = isRecordAhead ? `, and a record is dated ${name(records)}` : '';
	return {
		code: 'CONCUR_CLOCKS_DISAGREE',
		message: `The clocks disagree: ${said}, the clock of this computer says ${name(local)}${shown}. ${describeFollowed(clocks)}`,
		advice:
			'Set the clock of this computer; if it is right, whoever runs the gateway or proxy before Concur has to set theirs.',
	};
}

function describeMissing(clocks: Clocks): ClientWarning | undefined {
	const { local, records, believed } = clocks;
	const latest = Math.max(local, records ?? -Infinity);
	if (believed !== undefined && latest - believed <= MOST_SKEW_MS) return undefined;
	return {
		code: 'CONCUR_CLOCK_UNCONFIRMED',
		message: `Concur's answers have no readable Date, and nothing confirms the clock of this computer, which says ${new Date(clocks.toNow(local)).toISOString()}. ${describeFollowed(clocks)}`,
		advice: 'Let the gateway or proxy before Concur pass on the header Date.',
	};
}

function describeFollowed({ believed, toNow }: Clocks): string {
	const followed =
		believed === undefined
			? 'None is believed alone'
			: `Believed is ${new Date(toNow(believed)).toISOString()}, the latest that two signs support`;
	return `${followed}: what was changed later is read again next time, so nothing is lost.`;
}
