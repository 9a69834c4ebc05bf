import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './free-port';
import { n8nCommand } from './install-n8n';
import { readTail } from './read-tail';

const READY_WITHIN_MS = 180_000;
const STOPPED_WITHIN_MS = 20_000;

/** n8n as its makers' cloud is not there: nothing to report to, nothing to look up. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
};

export interface StartOptions {
	/** Where n8n is installed. */
	readonly home: string;
	/** A fresh folder for its database, its settings and the packages it installs. */
	readonly userFolder: string;
	readonly logFile: string;
	readonly env: Readonly<Record<string, string>>;
}

export interface RunningN8n {
	readonly baseUrl: string;
	stop(): Promise<void>;
}

/** Starts n8n on loopback and waits until it answers; it ends with this process at the latest. */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const { home, userFolder, logFile, env } = options;
	mkdirSync(userFolder, { recursive: true });
	const port = await findFreePort();
	const brokerPort = await findFreePort();
	const log = openSync(logFile, 'a');
	const child = spawn(process.execPath, [n8nCommand(home), 'start'], {
		cwd: userFolder,
		env: {
			...inheritedEnv(),
			...QUIET,
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			N8N_SECURE_COOKIE: 'false',
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			DB_TYPE: 'sqlite',
			...env,
		},
		stdio: ['ignore', log, log],
	});
	closeSync(log);
	const kill = () => child.kill('SIGKILL');
	process.once('exit', kill);
	child.once('exit', () => process.off('exit', kill));
	const baseUrl = `http://127.0.0.1:${port}`;
	await untilReady(child, baseUrl, logFile);
	return { baseUrl, stop: () => stop(child) };
}

/** No n8n setting of the developer's, nor Jest's own, may change what is tested. */
function inheritedEnv(): NodeJS.ProcessEnv {
	const ours = /^(N8N_|DB_|EXECUTIONS_|NODE_OPTIONS$|NODE_ENV$|JEST_|npm_)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

async function untilReady(child: ChildProcess, baseUrl: string, logFile: string): Promise<void> {
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		if (hasEnded(child)) throw new Error(`n8n ended at once:\n${readTail(logFile)}`);
		const answer = await fetch(`${baseUrl}/healthz/readiness`).catch(() => undefined);
		if (answer?.ok) return;
		await sleep(250);
	}
	child.kill('SIGKILL');
	throw new Error(`n8n was not ready within ${READY_WITHIN_MS} ms:\n${readTail(logFile)}`);
}

/** Asks n8n to end, and ends it if it does not. */
async function stop(child: ChildProcess): Promise<void> {
	const deadline = Date.now() + STOPPED_WITHIN_MS;
	child.kill('SIGTERM');
	while (!hasEnded(child)) {
		if (Date.now() > deadline) child.kill('SIGKILL');
		await sleep(100);
	}
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}
