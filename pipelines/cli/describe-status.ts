import type { PartitionState, SinkInspection } from '../sinks/sink';
import { describeId } from './describe-summary';
import { describeRuns } from './describe-runs';
import { findGaps } from '../report/gaps';
import { oneLine } from './one-line';

/** What a target holds, for people. */
export function describeStatus(state: SinkInspection, target: string, appendOnly: boolean): string {
	return [
		target,
		...Object.entries(state.rows).map(([table, rows]) => `  ${table}: ${rows} rows`),
		...state.partitions.flatMap(describePartition),
		...describeRuns(state.runs, appendOnly),
	].join('\n');
}

function describePartition({ partition, detail, coverage, deadLetters }: PartitionState): string[] {
	const user = partition.user === '' ? "the token's own user" : `user ${partition.user}`;
	const last = coverage.at(-1);
	return [
		`  ${partition.stream} of ${user}, view ${partition.view}, detail ${detail}: ${
			last ? `read up to ${toIso(last.to)}` : 'nothing read yet'
		}`,
		...findGaps(coverage).map(({ from, to }) => `    open: ${toIso(from)} to ${toIso(to)}`),
		...deadLetters.map(
			({ recordId, message, correlationId }) =>
				`    not readable: ${oneLine(recordId)}: ${oneLine(message)}${describeId(correlationId && oneLine(correlationId))}`,
		),
	];
}

function toIso(second: number): string {
	return second === 0 ? 'the beginning' : new Date(second * 1000).toISOString();
}
