import { type Command } from 'commander';
import { createSink } from '../sinks/create-sink';
import { describeStatus } from './describe-status';
import { missingTarget } from './missing-target';

export function addStatusCommand(program: Command): void {
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
			const text = flags.json
				? JSON.stringify(state)
				: describeStatus(state, sink.target, sink.appendOnly);
			process.stdout.write(`${text}\n`);
		});
}
