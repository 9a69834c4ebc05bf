import type { Command } from 'commander';
import { DEFAULT_MAX_MISSING, type MaxMissing } from '../reconcile/brake';
import { describeReconcile } from '../reconcile/describe-reconcile';
import { runReconcile } from '../reconcile/run-reconcile';
import { createSink } from '../sinks/create-sink';
import { collect, parseConcurrency, parseMaxMissing } from './flags';
import { logEnd, logRun } from './log-run';
import type { Answer } from './output/answer';
import { exitCodeOf } from './output/exit-codes';
import { eachUser, readUserChoice } from './users';
import { withClient } from './with-client';

interface ReconcileFlags {
	readonly to: string;
	readonly user: readonly string[];
	readonly usersFile?: string;
	readonly allUsers: boolean;
	readonly concurrency: number;
	readonly maxMissing: MaxMissing;
	readonly config?: string;
	readonly allowHost: readonly string[];
	readonly json: boolean;
}

export function addReconcileCommand(program: Command, answer: Answer): void {
	program
		.command('reconcile')
		.description('Find deleted and missing requests: compare a target with all that Concur lists')
		.requiredOption('--to <target>', 'sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME')
		.option('--user <id>', "a user's UUID; may be repeated", collect, [])
		.option('--users-file <file>', 'a file with one user UUID a line')
		.option('--all-users', 'every user of the company', false)
		.option('--concurrency <n>', 'requests in flight at most', parseConcurrency, 4)
		.option(
			'--max-missing <share>',
			'most requests to mark as deleted, as a share of those in the target (once there are 50) or a number',
			parseMaxMissing,
			DEFAULT_MAX_MISSING,
		)
		.option('--config <file>', 'settings, for those that the environment does not give')
		.option('--allow-host <host>', 'a further host to trust with tokens', collect, [])
		.option('--json', 'print the summary as one line of JSON', false)
		.action((flags: ReconcileFlags) => reconcileCommand(flags, answer));
}

async function reconcileCommand(flags: ReconcileFlags, answer: Answer): Promise<void> {
	const users = readUserChoice(flags.user, flags.usersFile, flags.allUsers);
	const sink = createSink(flags.to);
	const { config, allowHost: allowHosts, concurrency } = flags;
	const clientFlags = { config, allowHosts, concurrency };
	await withClient(clientFlags, answer, async ({ client, logger, signals }) => {
		const listeners = logRun(logger, { command: 'reconcile', target: sink.target });
		const summary = await runReconcile({
			client,
			sink,
			users: eachUser(users, client, signals.aborted),
			concurrency,
			maxMissing: flags.maxMissing,
			signal: signals.aborted,
			...listeners,
		});
		for (const warning of summary.warnings) listeners.onWarning?.(warning);
		logEnd(logger, summary);
		answer.give(flags.json ? summary : describeReconcile(summary, sink.target));
		process.exitCode = exitCodeOf(summary.status, signals.received());
	});
}
