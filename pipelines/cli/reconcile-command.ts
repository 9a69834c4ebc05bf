import { InvalidArgumentError, type Command } from 'commander';
import pino from 'pino';
import { describeReconcile } from '../reconcile/describe-reconcile';
import { runReconcile } from '../reconcile/run-reconcile';
import { createSink } from '../sinks/create-sink';
import { connect } from './connect';
import { exitCodeOf } from './exit-codes';
import { readSettings } from './settings';
import { watchSignals } from './signals';
import { eachUser, readUserChoice } from './users';

interface ReconcileFlags {
	readonly to: string;
	readonly user: readonly string[];
	readonly usersFile?: string;
	readonly allUsers: boolean;
	readonly concurrency: number;
	readonly config?: string;
	readonly allowHost: readonly string[];
	readonly json: boolean;
}

export function addReconcileCommand(program: Command): void {
	program
		.command('reconcile')
		.description('Find deleted and missing requests: compare a target with all that Concur lists')
		.requiredOption('--to <target>', 'sqlite:FILE or postgres://USER@HOST/DATABASE?schema=NAME')
		.option('--user <id>', "a user's UUID; may be repeated", collect, [])
		.option('--users-file <file>', 'a file with one user UUID a line')
		.option('--all-users', 'every user of the company', false)
		.option('--concurrency <n>', 'requests in flight at most', parseConcurrency, 4)
		.option('--config <file>', 'settings, for those that the environment does not give')
		.option('--allow-host <host>', 'a further host to trust with tokens', collect, [])
		.option('--json', 'print the summary as one line of JSON', false)
		.action(reconcileCommand);
}

async function reconcileCommand(flags: ReconcileFlags): Promise<void> {
	const users = readUserChoice(flags.user, flags.usersFile, flags.allUsers);
	const sink = createSink(flags.to);
	const settings = readSettings(process.env, flags.config);
	const logger = pino({ level: settings.SAP_CONCUR_LOG_LEVEL, base: null }, pino.destination(2));
	const signals = watchSignals();
	const client = connect(settings, {
		allowHosts: flags.allowHost,
		concurrency: flags.concurrency,
		signal: signals.aborted,
		logger,
	});
	try {
		const summary = await runReconcile({
			client,
			sink,
			users: eachUser(users, client, signals.aborted),
			concurrency: flags.concurrency,
			signal: signals.aborted,
			onFailure: ({ message, ...facts }) => logger.warn(facts, message),
		});
		const text = flags.json ? JSON.stringify(summary) : describeReconcile(summary, sink.target);
		process.stdout.write(`${text}\n`);
		process.exitCode = exitCodeOf(summary.status, signals.received());
	} finally {
		signals.stop();
		await client.close();
	}
}

function parseConcurrency(text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
	throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
}

function collect(value: string, previous: readonly string[]): string[] {
	return [...previous, value];
}
