import { ConfigurationError } from '../../concur/errors';
import { PartitionRun, type Span } from '../extract/partition-run';
import type { Detail, PartitionState } from '../sinks/sink';

const DETAIL_ORDER: readonly Detail[] = ['list', 'request', 'full'];

export interface PartitionPlan {
	readonly stored: readonly PartitionState[];
	readonly detail: Detail;
	readonly view: string;
	readonly span: Span;
	readonly overlap: number;
}

/** Partitions as the users come, each with what the target has of it. */
export async function* planPartitions(
	users: AsyncIterable<string>,
	{ stored, detail, view, span, overlap }: PartitionPlan,
): AsyncGenerator<PartitionRun, undefined> {
	const known = new Map(stored.map((state) => [keyOf(state.partition), state]));
	const seen = new Set<string>();
	for await (const user of users) {
		if (seen.has(user)) continue;
		const partition = { stream: 'travel-requests', user, view } as const;
		const state = known.get(keyOf(partition));
		// What was read in less detail is read again.
		const usable = state?.detail === detail ? state : undefined;
		yield new PartitionRun(partition, seen.size, usable, overlap, span);
		seen.add(user);
	}
}

/**
 * Thin rows would replace full ones and empty their columns.
 * @throws {ConfigurationError} `TARGET_HAS_MORE_DETAIL`.
 */
export function refuseLessDetail(
	stored: readonly PartitionState[],
	detail: Detail,
	target: string,
): void {
	const richest = Math.max(-1, ...stored.map((state) => DETAIL_ORDER.indexOf(state.detail)));
	const held = DETAIL_ORDER[richest];
	if (held === undefined || richest <= DETAIL_ORDER.indexOf(detail)) return;
	throw new ConfigurationError(
		'TARGET_HAS_MORE_DETAIL',
		`${target} was filled with --detail ${held}; --detail ${detail} would empty columns that it has.`,
		{ advice: `Run with --detail ${held}, or write to another target.` },
	);
}

function keyOf(partition: { stream: string; user: string; view: string }): string {
	return JSON.stringify([partition.stream, partition.user, partition.view]);
}
