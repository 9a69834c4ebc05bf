import type { Client } from 'pg';
import { z } from 'zod';
import { connectClient, endQuietly } from './connect-client';
import { Connection } from './connection';
import { pooledTarget } from './failures';
import type { PostgresTarget } from './target-url';

/** How often the two are tried against each other where something stands before the server. */
const ROUNDS = 4;

const pidRow = z.object({ pid: z.coerce.number() });

/**
 * Two connections, each proven to have a session on the server to itself.
 *
 * A pooler that pools by transaction (or statement) hands each transaction any session that is
 * free. The lock that keeps two runs apart belongs to a session: it would stay in one that serves
 * other programs after the run, and keep every later run out; so would the settings made here. So
 * nothing is set or locked before the proof.
 *
 * @throws {ConfigurationError} code `TARGET_POOLED` where sessions are shared.
 */
export async function openOwnSessions({
	label,
	connection: settings,
}: PostgresTarget): Promise<[Connection, Connection]> {
	const one = await connectClient(settings);
	let other: Client | undefined;
	try {
		other = await connectClient(settings);
		if (await shareSessions(one, other)) throw pooledTarget(label, 'transaction');
		return [await Connection.begin(one), await Connection.begin(other)];
	} catch (error) {
		await endQuietly(one);
		if (other) await endQuietly(other);
		throw error;
	}
}

/**
 * Whether two clients get the same session, or one gets several. While one holds a transaction its
 * session is taken; a pooler that hands out the one it got back last gives it the session that the
 * other has just used, and one that takes turns gives the other a new one each time. A single
 * answer proves nothing where other programs use the pool as well, so it is asked more than once.
 */
async function shareSessions(one: Client, other: Client): Promise<boolean> {
	const first = await askPid(one);
	const isDirect = first === keyPidOf(one);
	let [idle, busy]: [Client, Client] = [one, other];
	const pids = new Map<Client, number>([[one, first]]);
	/** Remembers a client's session; false where it had another one, or it is not its alone. */
	const isOwn = async (client: Client): Promise<boolean> => {
		const pid = await askPid(client);
		const before = pids.get(client);
		pids.set(client, pid);
		const taken = [...pids].some(([holder, held]) => holder !== client && held === pid);
		return !taken && (before === undefined || before === pid);
	};
	for (let round = 1; round <= (isDirect ? 1 : ROUNDS); round++) {
		await busy.query('BEGIN');
		const isTaken = !((await isOwn(busy)) && (await isOwn(idle)));
		await busy.query('COMMIT');
		if (isTaken || !(await isOwn(busy))) return true;
		[idle, busy] = [busy, idle];
	}
	return false;
}

async function askPid(client: Client): Promise<number> {
	const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
	return pidRow.parse(rows[0]).pid;
}

/** The pid that came with the key for cancelling: the server's own, or one a pooler made up. */
function keyPidOf(client: Client): number | undefined {
	return 'processID' in client && typeof client.processID === 'number'
		? client.processID
		: undefined;
}
