import { type Command } from 'commander';
import { describeId } from './describe-summary';
import { missingTarget } from './missing-target';
import type { PartitionState, SinkInspection } from '../sinks/sink';
import { createSink } from '../sinks/create-sink';

export function addStatusCommand(program: Command): void {
	program
		.command('status')
		.description('Show what a target holds, how complete it is, and its last runs')
		.requiredOption(
			'--to <target>',
			'csv:DIR, sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME',
		)
		.option('--json', 'print one line of JSON', false)
		.action(async (flags: { to: string; json: boolean }) => {
			const sink = createSink(flags.to);
			const state = await sink.inspect();
			if (!state) throw missingTarget(sink);
			const text = flags.json ? JSON.stringify(state) : describeState(state, sink.target);
			process.stdout.write(`${text}\n`);
		});
}

const RUNS_SHOWN = 5;

function describeState(state: SinkInspection, target: string): string {
	return [
		target,
		...Object.entries(state.rows).map(([table, rows]) => `  ${table}: ${rows} rows`),
		...state.partitions.flatMap(describePartition),
		...state.runs
			.slice(0, RUNS_SHOWN)
			.map((run) => `  run ${run.runId}: ${run.status}, finished ${run.finishedAt}`),
	].join('\n');
}

function describePartition({ partition, detail, coverage, deadLetters }: PartitionState): string[] {
	const user = partition.user === '' ? "the token's own user" : `user ${partition.user}`;
	const gaps = coverage.slice(1).flatMap(({ from }, index) => {
		const before = coverage[index];
		return before && before.to + 1 < from ? [{ from: before.to + 1, to: from - 1 }] : [];
	});
	const last = coverage.at(-1);
	return [
		`  ${partition.stream} of ${user}, view ${partition.view}, detail ${detail}: ${
			last ? `read up to ${toIso(last.to)}` : 'nothing read yet'
		}`,
		...gaps.map(({ from, to }) => `    open: ${toIso(from)} to ${toIso(to)}`),
		...deadLetters.map(
			({ recordId, message, correlationId }) =>
				`    not readable: ${recordId}: ${message}${describeId(correlationId)}`,
		),
	];
}

function toIso(second: number): string {
	return second === 0 ? 'the beginning' : new Date(second * 1000).toISOString();
}
