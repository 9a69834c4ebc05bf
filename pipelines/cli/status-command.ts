import { type Command } from 'commander';
import { toStretchMarks } from '../run/run-tally';
import { createSink } from '../sinks/create-sink';
import type { SinkInspection } from '../sinks/sink';
import { firstStretch } from '../windows/stretch';
import { describeStatus } from './describe-status';
import { missingTarget } from './missing-target';
import type { Answer } from './output/answer';

export function addStatusCommand(program: Command, answer: Answer): void {
	program
		.command('status')
		.description('Show what a target holds, how complete it is, and its last runs')
		.requiredOption(
			'--to <target>',
			'csv:DIR, parquet:DIR, sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME',
		)
		.option('--json', 'print one line of JSON', false)
		.action(async (flags: { to: string; json: boolean }) => {
			const sink = createSink(flags.to);
			const state = await sink.inspect();
			if (!state) throw missingTarget(sink);
			const content = flags.json
				? withStretches(state)
				: describeStatus(state, sink.target, sink.appendOnly);
			answer.give(content);
		});
}

/** What the coverage of each partition comes to, so that no script has to work it out. */
function withStretches({ partitions, ...state }: SinkInspection): object {
	return {
		...state,
		partitions: partitions.map((partition) => ({
			...partition,
			...toStretchMarks(firstStretch(partition.coverage)),
		})),
	};
}
