import type { Command } from 'commander';
import { OVERLAP_SECONDS } from '../windows/lags';
import { createSink } from '../sinks/create-sink';
import type { StreamName } from '../sinks/sink';
import { missingTarget } from './missing-target';
import type { Answer } from './output/answer';
import { streamOption } from './streams';

export function addResetCommand(program: Command, answer: Answer): void {
	program
		.command('reset')
		.description('Forget how far a target has read; its rows stay and the next run reads all again')
		.requiredOption(
			'--to <target>',
			'csv:DIR, parquet:DIR, sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME',
		)
		.addOption(streamOption('what to forget'))
		.action(async (flags: { to: string; stream: StreamName[] }) => {
			const sink = createSink(flags.to);
			if (!(await sink.inspect())) throw missingTarget(sink);
			const session = await sink.open({ overlap: OVERLAP_SECONDS });
			try {
				await session.reset(flags.stream);
			} finally {
				await session.abandon();
			}
			answer.give([
				`${sink.target}: forgot how far ${flags.stream.join(', ')} has been read; the next run reads everything again.`,
			]);
		});
}
