import { isPending } from '../extract/dead-letters';
import type { DeadLetter, PartitionState, SinkInspection } from '../sinks/sink';
import { describeId } from './describe-summary';
import { describeRuns } from './describe-runs';
import { findGaps } from '../report/gaps';
import { oneLine } from '../terminal/printable';

/** What a target holds, for people. */
export function describeStatus(
	state: SinkInspection,
	target: string,
	appendOnly: boolean,
): string[] {
	return [
		target,
		...Object.entries(state.rows).map(([table, rows]) => `  ${table}: ${rows} rows`),
		...(state.damage ?? []).map((sentence) => `  damaged: ${oneLine(sentence)}`),
		...state.partitions.flatMap(describePartition),
		...describeRuns(state.runs, appendOnly),
	];
}

function describePartition(state: PartitionState): string[] {
	return state.partition.stream === 'connection-requests'
		? [describeQueue(state)]
		: describeTravelRequests(state);
}

function describeQueue({ partition, sightings = [], openReadAt }: PartitionState): string {
	const last = sightings
		.map(({ lastSeen }) => lastSeen)
		.sort()
		.at(-1);
	const seen =
		last === undefined ? 'none seen' : `${sightings.length} seen, last at ${oneLine(last)}`;
	const read = openReadAt === undefined ? 'never read to its end' : `read at ${toIso(openReadAt)}`;
	return `  ${partition.stream}: ${seen}; the queue was ${read}`;
}

function describeTravelRequests({
	partition,
	detail,
	coverage,
	deadLetters,
	openReadAt,
}: PartitionState): string[] {
	const user = partition.user === '' ? "the token's own user" : `user ${partition.user}`;
	const [first] = coverage;
	const last = coverage.at(-1);
	return [
		`  ${partition.stream} of ${user}, view ${partition.view}, detail ${detail}: ${
			first && last ? `read from ${toIso(first.from)} up to ${toIso(last.to)}` : 'nothing read yet'
		}`,
		...(first && first.from > 0
			? [`    not read: what lies before ${toIso(first.from)}; run --from 1970-01-01 reads it`]
			: []),
		...(openReadAt === undefined ? [] : [`    open requests read again: ${toIso(openReadAt)}`]),
		...findGaps(coverage).map(({ from, to }) => `    open: ${toIso(from)} to ${toIso(to)}`),
		...deadLetters.filter(isPending).map((letter) => `    not readable: ${describeLetter(letter)}`),
		...deadLetters
			.filter(({ skippedAt }) => skippedAt !== undefined)
			.map((letter) => `    skipped: ${describeLetter(letter)}`),
	];
}

function describeLetter({ recordId, message, correlationId, attempts }: DeadLetter): string {
	const runs = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
	const id = describeId(correlationId && oneLine(correlationId));
	return `${oneLine(recordId)}: ${oneLine(message)}${id}, ${runs}`;
}

function toIso(second: number): string {
	return second === 0 ? 'the beginning' : new Date(second * 1000).toISOString();
}
