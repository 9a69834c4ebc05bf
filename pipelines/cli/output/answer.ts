import type { ClientWarning } from '../../../concur/http/client-warnings';
import { printable, printableJson } from '../../terminal/printable';

/** Why a command did not come to its own answer. */
export interface Failure {
	readonly exitCode: number;
	readonly code: string;
	readonly message: string;
	readonly advice: string;
	readonly correlationId?: string;
}

/**
 * What a command has to say: its answer on standard output, everything else on standard error. With
 * `--json` the answer is exactly one line of JSON, however the command ends. Nothing is printed but
 * through here, so that no text from elsewhere reaches a terminal as it is.
 *
 * It is all that is loaded before Node's version has been checked, and keeps to what an old one knows.
 */
export class Answer {
	private isGiven = false;
	private warnings: readonly ClientWarning[] = [];

	/** @param args those of the command line: they say what is wanted even where they are wrong. */
	constructor(private readonly args: readonly string[]) {}

	/** Gives lines to people, or an object to a program. */
	give(content: readonly string[] | object): void {
		this.isGiven = true;
		const text = Array.isArray(content)
			? content.map(String).map(printable).join('\n')
			: printableJson(JSON.stringify(content));
		(this.isStdoutTaken ? process.stderr : process.stdout).write(`${text}\n`);
	}

	/** Says something beside the answer. */
	tell(...lines: readonly string[]): void {
		process.stderr.write(lines.map((line) => `${printable(line)}\n`).join(''));
	}

	/** Keeps what there is to warn of, for the case that no summary says it. */
	warn(warnings: readonly ClientWarning[]): void {
		this.warnings = warnings;
	}

	/** Says why the command failed, and gives the answer that it has not given itself. */
	fail({ exitCode, ...error }: Failure): void {
		const id = error.correlationId === undefined ? '' : ` (correlation id ${error.correlationId})`;
		this.tell(
			`error: ${error.message}${id}`,
			error.advice,
			...this.warnings.map(({ message, advice }) => `warning: ${message} ${advice}`),
		);
		process.exitCode = exitCode;
		if (this.isGiven || !this.args.includes('--json')) return;
		this.give({ status: 'failed', exitCode, errors: [error], warnings: this.warnings });
	}

	/** Singer's messages are nobody else's place. */
	private get isStdoutTaken(): boolean {
		return (
			this.args[0] === 'singer' ||
			this.args.some(
				(arg, index) =>
					arg.startsWith('--to=singer:') ||
					(arg.startsWith('singer:') && this.args[index - 1] === '--to'),
			)
		);
	}
}
