import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { TargetLockedError } from '../target-errors';
import { Connection } from './connection';
import { endBackend } from './end-backend';
import type { PostgresTarget } from './target-url';

/** The server notices within these tries that a process it has locked for was killed. */
const TRIES = 6;
const PAUSE_MS = 150;

const triedRow = z.object({ held: z.enum(['t', 'f']) });

/**
 * Holds a schema for one run: an advisory lock, in a session that does nothing else, so that it
 * ends with the process however that ends.
 */
export class AdvisoryLock {
	private constructor(
		private readonly target: PostgresTarget,
		private connection: Connection,
	) {}

	/**
	 * @param connection a session of its own, which this closes in the end or when it throws.
	 * @throws {TargetLockedError} when another run holds the schema.
	 */
	static async take(target: PostgresTarget, connection: Connection): Promise<AdvisoryLock> {
		return new AdvisoryLock(target, await lockWith(target, connection));
	}

	/**
	 * Takes the lock again where its session was cut off.
	 * @throws {TargetLockedError} when another run has taken it meanwhile.
	 */
	async hold(): Promise<void> {
		if (!this.connection.lost) return;
		const fresh = await Connection.open(this.target.connection);
		this.connection = await lockWith(this.target, fresh, this.connection);
	}

	async release(): Promise<void> {
		// A pooler that resets no session would keep it locked after this one has left.
		await this.connection.close(`SELECT pg_advisory_unlock(${keyOf(this.target.schema)})`);
	}
}

async function lockWith(
	target: PostgresTarget,
	connection: Connection,
	before?: Connection,
): Promise<Connection> {
	try {
		if (before) await endBackend(connection, before.backend);
		for (let tried = 1; tried <= TRIES; tried++) {
			const [row] = await connection.query(
				triedRow,
				'SELECT pg_try_advisory_lock($1::bigint) AS held',
				[keyOf(target.schema)],
			);
			if (row?.held === 't') return connection;
			if (tried < TRIES) await wait(PAUSE_MS);
		}
		throw new TargetLockedError(target.label);
	} catch (error) {
		await connection.close();
		throw error;
	}
}

/** Advisory locks are numbers, one space for a whole database. */
function keyOf(schema: string): string {
	const digest = hash('sha256', `n8n-nodes-sap-concur/${schema}`);
	return BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`)).toString();
}
