import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { measurementSchema, type Measurement } from './measurement';
import type { ContestantName } from './contestants';

/** Far more than any of them takes: a stuck one must not hang the rest. */
const LONGEST_MS = 600_000;

/**
 * Lets one contestant do its work in a process of its own, so that neither the fake Concur nor what
 * ran before counts. `input` is what the contestant takes.
 */
export async function runAlone(name: ContestantName, input: object): Promise<Measurement> {
	const child = spawn(process.execPath, [join(__dirname, 'contestant-main.js'), name], {
		stdio: ['pipe', 'pipe', 'inherit'],
		timeout: LONGEST_MS,
	});
	child.stdin.end(JSON.stringify(input));
	const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
	if (child.exitCode !== 0) throw new Error(`${name} ended with ${String(child.exitCode)}`);
	return measurementSchema.parse(JSON.parse(printed));
}
