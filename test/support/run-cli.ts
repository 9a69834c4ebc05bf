import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FakeConcur } from '../../fake-concur';
import { shiftedClock } from './shifted-clock';
import { outputRoot } from './workspace';

const MAIN = resolve(__dirname, '../../dist/pipelines/cli/main.js');

export interface CliResult {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface RunningCli {
	readonly process: ChildProcess;
	readonly result: Promise<CliResult>;
}

export interface CliOptions {
	readonly env?: Readonly<Record<string, string>>;
	readonly nodeArgs?: readonly string[];
	/** The output holds the fake's secrets on purpose: the `fake` command prints them to be used. */
	readonly printsSecrets?: boolean;
}

/** Starts the command as its users do: the compiled file, in a process of its own. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
	const child = spawn(process.execPath, [...(options.nodeArgs ?? []), MAIN, ...args], {
		env: { PATH: process.env['PATH'] ?? '', ...options.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const out: Buffer[] = [];
	const err: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
	const result = new Promise<CliResult>((done, failed) => {
		child.once('error', failed);
		child.once('close', (code, signal) => {
			const stdout = Buffer.concat(out).toString();
			const stderr = Buffer.concat(err).toString();
			if (!options.printsSecrets) keepOutput(stdout + stderr);
			done({ code, signal, stdout, stderr });
		});
	});
	return { process: child, result };
}

export function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
	return startCli(args, options).result;
}

/** The environment in which the command's clock shows what the fake's shows now. */
export function clockEnv(fake: FakeConcur): Record<string, string> {
	return shiftedClock(fake.clock.now().getTime() - Date.now());
}

/** The environment that points the command at a fake, and lets its clock show what the fake's shows. */
export function fakeEnv(fake: FakeConcur): Record<string, string> {
	return {
		...clockEnv(fake),
		SAP_CONCUR_BASE_URL: fake.baseUrl,
		SAP_CONCUR_CLIENT_ID: fake.credentials.clientId,
		SAP_CONCUR_CLIENT_SECRET: fake.credentials.clientSecret,
	};
}

/** What commands print is searched for secrets at the end of the test run. */
function keepOutput(text: string): void {
	appendFileSync(join(outputRoot(), `output-of-commands-${process.pid}.log`), text);
}
