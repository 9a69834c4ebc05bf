import type { Client } from 'pg';
import { z } from 'zod';
import { connectClient, endQuietly } from './connect-client';
import { copyInto } from './copy-into';
import type { ConnectionSettings } from './target-url';

/** A statement without an answer for so long has lost its server, whatever the network says. */
const SILENCE_MS = 600_000;

/** Which of the server's processes serves a session; pids come again, pids with a start do not. */
export interface Backend {
	readonly pid: number;
	readonly startedAt: string;
}

/** What a server says about itself when a session begins. */
const greetingRow = z.object({
	pid: z.coerce.number(),
	startedAt: z.string().nullable(),
	version: z.coerce.number(),
	versionText: z.string(),
	encoding: z.string(),
	inRecovery: z.enum(['true', 'false']),
});

export type Greeting = z.infer<typeof greetingRow>;

/**
 * Settings of every session: names mean what they say, whatever the role is set to; nobody waits
 * for ever for a lock; and the server notices a machine that vanished, so that its locks end.
 * @param isLocal whether they end with the transaction: behind a pooler the session may be
 * another program's next.
 */
const greet = (
	isLocal: boolean,
) => `SELECT pg_backend_pid() AS pid, current_setting('server_version_num') AS version,
	current_setting('server_version') AS "versionText",
	(SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS "startedAt",
	current_setting('server_encoding') AS encoding, pg_is_in_recovery()::text AS "inRecovery",
	set_config('search_path', 'pg_catalog', ${isLocal}), set_config('client_encoding', 'UTF8', ${isLocal}),
	set_config('TimeZone', 'UTC', ${isLocal}), set_config('DateStyle', 'ISO', ${isLocal}),
	set_config('lock_timeout', '60s', ${isLocal}),
	set_config('idle_in_transaction_session_timeout', '5min', ${isLocal}),
	set_config('tcp_keepalives_idle', '30', ${isLocal}),
	set_config('tcp_keepalives_interval', '10', ${isLocal}),
	set_config('tcp_keepalives_count', '3', ${isLocal}),
	CASE WHEN current_setting('idle_session_timeout', true) IS NULL THEN NULL
		ELSE set_config('idle_session_timeout', '0', ${isLocal}) END AS idle`;

/** One session on the server. Every value comes as text; statements are answered one by one. */
export class Connection {
	#lost = false;

	private constructor(
		private readonly client: Client,
		readonly greeting: Greeting,
	) {
		client.on('end', () => (this.#lost = true));
	}

	static async open(settings: ConnectionSettings): Promise<Connection> {
		return Connection.begin(await connectClient(settings));
	}

	/**
	 * A session with a transaction that only reads and sees one moment, to be closed without more.
	 * It needs no session of its own on the server, nor leaves anything in it.
	 */
	static async openSnapshot(settings: ConnectionSettings): Promise<Connection> {
		const client = await connectClient(settings);
		const start = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
		return Connection.begin(client, start);
	}

	/** Goes on with a client that has said nothing yet; ends it where that fails. */
	static async begin(client: Client, transaction?: string): Promise<Connection> {
		try {
			if (transaction !== undefined) await client.query(transaction);
			const { rows } = await client.query(greet(transaction !== undefined));
			return new Connection(client, greetingRow.parse(rows[0]));
		} catch (error) {
			await endQuietly(client);
			throw error;
		}
	}

	get backend(): Backend {
		return { pid: this.greeting.pid, startedAt: this.greeting.startedAt ?? '' };
	}

	/** Whether the session is known to have ended. */
	get lost(): boolean {
		return this.#lost;
	}

	/** Rows of one statement, in the given shape. */
	async query<Shape extends z.ZodTypeAny>(
		shape: Shape,
		sql: string,
		values: readonly unknown[] = [],
	): Promise<z.infer<Shape>[]> {
		const { rows } = await this.#answered(this.client.query(sql, [...values]));
		return z.array(shape).parse(rows);
	}

	/** Rows that one statement has touched. */
	async run(sql: string, values: readonly unknown[] = []): Promise<number> {
		const { rowCount } = await this.#answered(this.client.query(sql, [...values]));
		return rowCount ?? 0;
	}

	/** Several statements without values, in one round trip. */
	async runScript(sql: string): Promise<void> {
		await this.#answered(this.client.query(sql));
	}

	/** Sends rows in COPY's text format. */
	async copy(sql: string, chunks: Iterable<Buffer>): Promise<void> {
		await this.#answered(copyInto(this.client, sql, chunks));
	}

	/** Ends the session, after a last statement where there is one; never fails, never waits long. */
	async close(lastStatement?: string): Promise<void> {
		await endQuietly(this.client, this.#lost ? undefined : lastStatement);
	}

	async #answered<Result>(answer: Promise<Result>): Promise<Result> {
		// Ending a client that waits for an answer cuts its connection, and the wait with it.
		const timer = setTimeout(() => void endQuietly(this.client), SILENCE_MS);
		try {
			return await answer;
		} finally {
			clearTimeout(timer);
		}
	}
}
