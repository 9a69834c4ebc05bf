#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ConcurError, ConfigurationError } from '../../concur/errors';
import { TargetLockedError } from '../sinks/target-errors';
import { describeId } from './describe-summary';
import { EXIT } from './exit-codes';
import { addFakeCommand } from './fake-command';
import { addReconcileCommand } from './reconcile-command';
import { addReportCommand } from './report-command';
import { addResetCommand } from './reset-command';
import { addRunCommand } from './run-command';
import { addSingerCommand } from './singer-command';
import { addStatusCommand } from './status-command';

async function main(): Promise<void> {
	const program = new Command('sap-concur-export')
		.description(
			'Exports SAP Concur travel requests, incrementally, and connection requests into files and databases',
		)
		.exitOverride()
		.showHelpAfterError('(add --help for what it takes)');
	for (const add of [
		addRunCommand,
		addStatusCommand,
		addReconcileCommand,
		addReportCommand,
		addResetCommand,
		addSingerCommand,
		addFakeCommand,
	])
		add(program);
	for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
	try {
		await program.parseAsync();
	} catch (error) {
		process.exitCode = explain(error);
	}
}

/** Says on stderr what happened and what to do, and picks the exit code. */
function explain(error: unknown): number {
	if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
	if (!(error instanceof ConcurError)) {
		process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
		return EXIT.failed;
	}
	process.stderr.write(
		`error: ${error.message}${describeId(error.correlationId)}\n${error.advice}\n`,
	);
	if (error instanceof TargetLockedError) return EXIT.locked;
	return error instanceof ConfigurationError ? EXIT.usage : EXIT.failed;
}

void main();
