import { ConfigurationError } from '../../concur/errors';
import type { Span } from '../extract/partition-run';
import type { SummaryWarning } from './summary';

/** Where partitions begin because an earlier run was told to. */
export interface InheritedFloors {
	readonly partitions: number;
	/** The latest of their beginnings, in seconds since 1970. */
	readonly latest: number;
}

/**
 * A run goes on from where its target begins. Where `--from` once set that, "complete" leaves out all
 * that lies before: whoever does not say `--from` again has to hear of it.
 */
export function warnOfFloor({ partitions, latest }: InheritedFloors): SummaryWarning | undefined {
	if (partitions === 0) return undefined;
	const floor = new Date(latest * 1000).toISOString();
	const whose = partitions === 1 ? '' : `, in the latest of ${partitions} users' views`;
	return {
		code: 'SPAN_FLOOR',
		message: `What was last modified before ${floor} is not exported${whose}: the target begins there since an earlier run.`,
		advice:
			'Run once with --from 1970-01-01 (start_date of the Singer tap) to read what lies before, or give the same --from to every run if it is to stay out.',
	};
}

/**
 * What lies in the future has not been read, so a run that was asked for nothing else is not complete.
 * It is judged by Concur's time: this machine's may be wrong.
 * @param now undefined where nothing has been asked.
 */
export function findFutureSpan(
	{ from }: Partial<Span>,
	now: number | undefined,
): ConfigurationError | undefined {
	if (from === undefined || now === undefined || from <= now) return undefined;
	const [begin, present] = [from, now].map((second) => new Date(second * 1000).toISOString());
	return new ConfigurationError(
		'SPAN_IN_FUTURE',
		`Nothing was read: ${begin} lies in the future, as it is ${present} at Concur.`,
		{ advice: 'Begin earlier; a time without a zone counts in UTC.' },
	);
}
