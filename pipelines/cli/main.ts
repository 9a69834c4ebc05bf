#!/usr/bin/env node
import { isOlderThan, readNodeRange } from './node-version';
import { Answer } from './output/answer';

const answer = new Answer(process.argv.slice(2));
const range = readNodeRange();
if (isOlderThan(range, process.versions.node)) {
	answer.fail({
		exitCode: 2,
		code: 'NODE_TOO_OLD',
		message: `This command needs Node ${range.slice(2)} or newer, and this is ${process.versions.node}.`,
		advice: 'Install a newer Node, or start the command with one.',
	});
} else {
	// Only now: an old Node would fail in the middle of loading it.
	void import('./program.js').then(
		({ runProgram }) => runProgram(answer),
		(error: unknown) =>
			answer.fail({
				exitCode: 1,
				code: 'NOT_LOADED',
				message: `The command could not be loaded: ${String(error)}`,
				advice: 'Install the package again.',
			}),
	);
}
