import { ConfigurationError } from '../../concur/errors';
import { PartitionRun, type RunRules } from '../extract/partition-run';
import { nameOf } from '../sinks/partition-ledger';
import type { Detail, PartitionState } from '../sinks/sink';

const DETAIL_ORDER: readonly Detail[] = ['list', 'request', 'full'];

export interface PartitionPlan extends RunRules {
	readonly stored: readonly PartitionState[];
	readonly view: string;
}

/** Partitions as the users come, each with what the target has of it. */
export async function* planPartitions(
	users: AsyncIterable<string>,
	{ stored, view, ...rules }: PartitionPlan,
): AsyncGenerator<PartitionRun, undefined> {
	const known = new Map(stored.map((state) => [nameOf(state.partition), state]));
	const seen = new Set<string>();
	for await (const user of users) {
		if (seen.has(user)) continue;
		const partition = { stream: 'travel-requests', user, view } as const;
		const state = known.get(nameOf(partition));
		// What was read in less detail is read again.
		const usable = state && state.detail !== rules.detail ? { ...state, coverage: [] } : state;
		yield new PartitionRun(partition, seen.size, usable, rules);
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
	const asked = DETAIL_ORDER.indexOf(detail);
	const held = DETAIL_ORDER.findLast(
		(each, rank) =>
			rank > asked &&
			stored.some(
				({ partition, detail: of }) => partition.stream === 'travel-requests' && of === each,
			),
	);
	if (held === undefined) return;
	throw new ConfigurationError(
		'TARGET_HAS_MORE_DETAIL',
		`${target} was filled with --detail ${held}; --detail ${detail} would empty columns that it has.`,
		{ advice: `Run with --detail ${held}, or write to another target.` },
	);
}
