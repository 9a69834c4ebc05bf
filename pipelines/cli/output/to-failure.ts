import { CommanderError } from 'commander';
import { isErrorLike } from '../../../concur/error-like';
import { ConcurError, ConfigurationError } from '../../../concur/errors';
import { cutLogin } from '../../sinks/login-signs';
import { TargetLockedError } from '../../sinks/target-errors';
import { EXIT } from './exit-codes';
import type { Failure } from './answer';
import { oneLine } from '../../terminal/printable';

/** What an error means for whoever started the command. */
export function toFailure(error: unknown): Failure {
	if (error instanceof CommanderError) return toUsageFailure(error);
	if (!(error instanceof ConcurError)) {
		return {
			exitCode: EXIT.failed,
			code: 'UNEXPECTED',
			message: isErrorLike(error) ? error.message : String(error),
			advice: 'What was committed stays. Run it again; if it ends like this again, report it.',
		};
	}
	const { code, message, advice, correlationId } = error;
	const exitCode = exitCodeOfError(error);
	return {
		exitCode,
		code,
		message,
		advice,
		...(correlationId === undefined ? {} : { correlationId }),
	};
}

function exitCodeOfError(error: ConcurError): number {
	if (error instanceof TargetLockedError) return EXIT.locked;
	return error instanceof ConfigurationError ? EXIT.usage : EXIT.failed;
}

/** The parser has a sentence for every wrong flag, and shows the help where there is no command. */
function toUsageFailure({ code, message }: CommanderError): Failure {
	return {
		exitCode: EXIT.usage,
		code: 'USAGE',
		message:
			code === 'commander.help'
				? 'No command is named.'
				: cutLogin(oneLine(message.replace(/^error: /, ''))),
		advice: 'Add --help for what it takes.',
	};
}
