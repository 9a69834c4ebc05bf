import { spawnSync } from 'node:child_process';

export interface CommandOptions {
	readonly cwd: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end; one that fails is an error with the end of what it printed. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions) {
	const { status, stdout, stderr, error } = spawnSync(command, args, {
		cwd: options.cwd,
		env: { ...process.env, ...options.env },
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (error) throw error;
	if (status !== 0)
		throw new Error(
			`${command} ${args.join(' ')} ended with ${status ?? 'a signal'} in ${options.cwd}:\n` +
				`${stdout}${stderr}`.slice(-4000),
		);
	return stdout;
}
