import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL for tests. */
export interface TestPostgres {
	/** `postgres://postgres@127.0.0.1:5432/postgres` */
	readonly url: string;
	/** Kills the server without a warning, as a crash does; only where it is ours. */
	readonly process: ChildProcess | undefined;
	stop(): Promise<void>;
}

/**
 * Starts a private PostgreSQL on loopback, from the machine's own binaries, or takes the one that
 * `TEST_POSTGRES_URL` names. Undefined where the machine has neither.
 */
export async function startPostgres(): Promise<TestPostgres | undefined> {
	const given = process.env['TEST_POSTGRES_URL'];
	if (given) return { url: given, process: undefined, stop: () => Promise.resolve() };
	const bin = findBinaries();
	if (bin === undefined) return undefined;
	const owner = findOwner();
	const folder = mkdtempSync(join(tmpdir(), 'sap-concur-postgres-'));
	const data = join(folder, 'data');
	mkdirSync(data, { mode: 0o700 });
	if (owner) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
	const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	execFileSync(join(bin, 'initdb'), initial, { ...owner, stdio: 'ignore', cwd: folder });
	const port = await findPort();
	const child = spawn(
		join(bin, 'postgres'),
		['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'],
		{ ...owner, stdio: 'ignore', cwd: folder },
	);
	await untilReady(bin, port, child);
	return {
		url: `postgres://postgres@127.0.0.1:${port}/postgres`,
		process: child,
		async stop() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			// Fast shutdown: open connections are ended.
			child.kill('SIGINT');
			await ended;
		},
	};
}

const ROOTS = ['/usr/lib/postgresql', '/usr/local', '/opt/homebrew/opt'];

/** The newest server's programs; distributions keep them out of the PATH. */
function findBinaries(): string | undefined {
	const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
	const found = ROOTS.flatMap((root) =>
		existsSync(root) ? readdirSync(root).map((name) => join(root, name, 'bin')) : [],
	).sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
	const told = asked.error ? '' : asked.stdout.trim();
	return [told, ...found].find(
		(bin) => bin !== '' && existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')),
	);
}

/** PostgreSQL refuses to run as root; packages bring a user of its own. */
function findOwner(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const entry = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
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

async function untilReady(bin: string, port: number, child: ChildProcess): Promise<void> {
	const question = ['-h', '127.0.0.1', '-p', String(port)];
	for (let tries = 0; tries < 300; tries++) {
		if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
		if (spawnSync(join(bin, 'pg_isready'), question).status === 0) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('PostgreSQL did not start within 30 seconds');
}
