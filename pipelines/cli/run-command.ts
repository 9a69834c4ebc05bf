import { Option, type Command } from 'commander';
import { REREAD_OPEN_HOURS } from '../extract/reread-schedule';
import { createSink } from '../sinks/create-sink';
import { capNewSpace } from './cap-new-space';
import { describeSummary } from './describe-summary';
import { collect, parseAttempts, parseConcurrency, parseHours } from './flags';
import type { Answer } from './output/answer';
import { exitCodeOf } from './output/exit-codes';
import { performExport } from './perform-export';
import { createProgressBar } from './progress-bar';
import { readSpan } from './read-span';
import { refuseIdleFlags, streamOption } from './streams';
import { readUserChoice } from './users';
import { withClient } from './with-client';
import type { Detail, StreamName } from '../sinks/sink';

interface RunFlags {
	readonly to: string;
	readonly stream: readonly StreamName[];
	readonly from?: string;
	readonly until?: string;
	readonly user: readonly string[];
	readonly usersFile?: string;
	readonly allUsers: boolean;
	readonly detail: Detail;
	readonly concurrency: number;
	readonly skipAfter?: number;
	readonly rereadOpen: number;
	readonly history: boolean;
	readonly config?: string;
	readonly allowHost: readonly string[];
	readonly json: boolean;
}

export function addRunCommand(program: Command, answer: Answer): void {
	program
		.command('run')
		.description('Export what has changed in Concur since the last run')
		.requiredOption(
			'--to <target>',
			'csv:DIR, parquet:DIR, singer:-, sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME',
		)
		.addOption(streamOption('what to export, in this order'))
		.option('--from <time>', 'the earliest modification to export, in UTC unless it names a zone')
		.option('--until <time>', 'the latest modification to export')
		.option('--user <id>', "a user's UUID; may be repeated", collect, [])
		.option('--users-file <file>', 'a file with one user UUID a line')
		.option('--all-users', 'every user of the company', false)
		.addOption(
			new Option('--detail <depth>', 'list: thin rows; request: every field; full: with children')
				.choices(['list', 'request', 'full'])
				.default('request'),
		)
		.option('--history', 'keep every version of each request (SQLite, PostgreSQL)', false)
		.option('--concurrency <n>', 'requests in flight at most', parseConcurrency, 4)
		.option(
			'--skip-after <n>',
			'let a record go that so many runs could not read; by default none ever is',
			parseAttempts,
		)
		.option(
			'--reread-open <hours>',
			'how often --detail full reads open requests again, for what their modification time does not show; 0: never',
			parseHours,
			REREAD_OPEN_HOURS,
		)
		.option('--config <file>', 'settings, for those that the environment does not give')
		.option('--allow-host <host>', 'a further host to trust with tokens', collect, [])
		.option('--json', 'print the summary as one line of JSON', false)
		.action((flags: RunFlags, command: Command) => runCommand(flags, command, answer));
}

async function runCommand(flags: RunFlags, command: Command, answer: Answer): Promise<void> {
	refuseIdleFlags(flags.stream, command);
	capNewSpace();
	const span = readSpan(
		{ name: '--from', text: flags.from },
		{ name: '--until', text: flags.until },
	);
	const users = readUserChoice(flags.user, flags.usersFile, flags.allUsers);
	const sink = createSink(flags.to);
	const progress = createProgressBar();
	const { config, allowHost: allowHosts, concurrency } = flags;
	await withClient({ config, allowHosts, concurrency }, answer, async (tools) => {
		try {
			const summary = await performExport(tools, {
				sink,
				streams: flags.stream,
				users,
				detail: flags.detail,
				span,
				concurrency,
				...(flags.skipAfter === undefined ? {} : { skipAfter: flags.skipAfter }),
				rereadOpenHours: flags.rereadOpen,
				history: flags.history,
				onProgress: (state) => progress.show(state),
			});
			progress.stop();
			answer.give(flags.json ? summary : describeSummary(summary, sink));
			process.exitCode = exitCodeOf(summary.status, tools.signals.received());
		} finally {
			progress.stop();
		}
	});
}
