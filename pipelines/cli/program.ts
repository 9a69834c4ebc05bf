import { Command, CommanderError } from 'commander';
import { readVersions } from '../run/versions';
import { addFakeCommand } from './fake-command';
import type { Answer } from './output/answer';
import { toFailure } from './output/to-failure';
import { addReconcileCommand } from './reconcile-command';
import { addReportCommand } from './report-command';
import { addResetCommand } from './reset-command';
import { addRunCommand } from './run-command';
import { addSingerCommand } from './singer-command';
import { addStatusCommand } from './status-command';

/** Parses the command line and does what it says; every end is told, and sets the exit code. */
export async function runProgram(answer: Answer): Promise<void> {
	let isDone = false;
	// A bug that throws where nobody waits, or waits for what never comes, must not look like success.
	process.once('uncaughtException', (error) => {
		answer.fail(toFailure(error));
		process.exit();
	});
	process.once('beforeExit', () => {
		if (!isDone) answer.fail(toFailure(new Error('The command ended before its work was done.')));
	});
	try {
		await buildProgram(answer).parseAsync();
	} catch (error) {
		if (!isHelp(error)) answer.fail(toFailure(error));
	}
	isDone = true;
}

function buildProgram(answer: Answer): Command {
	const program = new Command('sap-concur-export')
		.description(
			'Exports SAP Concur travel requests, incrementally, and connection requests into files and databases',
		)
		.version(readVersions().package)
		.exitOverride()
		// What is wrong is said once, by the answer.
		.configureOutput({ outputError: () => undefined });
	for (const add of [
		addRunCommand,
		addStatusCommand,
		addReconcileCommand,
		addReportCommand,
		addResetCommand,
		addSingerCommand,
		addFakeCommand,
	])
		add(program, answer);
	for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
	return program;
}

/** Help or a version was asked for, and is printed. */
function isHelp(error: unknown): boolean {
	return error instanceof CommanderError && error.exitCode === 0;
}
