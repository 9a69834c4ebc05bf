import type { Client } from 'pg';
import { z } from 'zod';
import { isErrorLike } from '../../../concur/error-like';
import { copyInto } from './copy-into';
import type { ConnectionSettings } from './target-url';
import { tlsOptions } from './tls';

/** A statement without an answer for so long has lost its server, whatever the network says. */
const SILENCE_MS = 600_000;
const FAREWELL_MS = 3_000;

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
 */
const GREET = `SELECT pg_backend_pid() AS pid, current_setting('server_version_num') AS version,
	current_setting('server_version') AS "versionText",
	(SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS "startedAt",
	current_setting('server_encoding') AS encoding, pg_is_in_recovery()::text AS "inRecovery",
	set_config('search_path', 'pg_catalog', false), set_config('client_encoding', 'UTF8', false),
	set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false),
	set_config('lock_timeout', '60s', false),
	set_config('idle_in_transaction_session_timeout', '5min', false),
	set_config('tcp_keepalives_idle', '30', false),
	set_config('tcp_keepalives_interval', '10', false),
	set_config('tcp_keepalives_count', '3', false),
	CASE WHEN current_setting('idle_session_timeout', true) IS NULL THEN NULL
		ELSE set_config('idle_session_timeout', '0', false) END AS idle`;

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
		const client = await connectClient(settings);
		try {
			const { rows } = await client.query(GREET);
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

	async close(): Promise<void> {
		await endQuietly(this.client);
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

async function connectClient(settings: ConnectionSettings): Promise<Client> {
	const ssl = tlsOptions(settings.tls);
	try {
		return await connectOnce(settings, ssl);
	} catch (error) {
		const plain = isErrorLike(error) && error.message.includes('does not support SSL');
		if (settings.tls.mode !== 'prefer' || !plain) throw error;
		return connectOnce(settings, false);
	}
}

async function connectOnce(
	{ host, port, user, database, password, options, ...settings }: ConnectionSettings,
	ssl: ReturnType<typeof tlsOptions>,
): Promise<Client> {
	// Loaded here, so that who never writes to PostgreSQL does not wait for it.
	const { Client } = await import('pg');
	const client = new Client({
		...{ host, port, user, database, ssl },
		...(password ? { password } : {}),
		...(options === undefined ? {} : { options }),
		application_name: settings.applicationName,
		connectionTimeoutMillis: settings.connectTimeoutMs,
		keepAlive: true,
		keepAliveInitialDelayMillis: 30_000,
		types: { getTypeParser: () => (value: string) => value },
	});
	// Whoever waits for an answer hears of a lost connection; nobody else needs to.
	client.on('error', () => {});
	try {
		await client.connect();
		return client;
	} catch (error) {
		await endQuietly(client);
		throw error;
	}
}

/** A server that does not answer a good-bye is left without one. */
async function endQuietly(client: Client): Promise<void> {
	const timer = setTimeout(() => client.connection.stream.destroy(), FAREWELL_MS);
	try {
		await client.end();
	} catch {
		// It is gone already.
	} finally {
		clearTimeout(timer);
	}
}
