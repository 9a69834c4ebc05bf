import type { Client } from 'pg';
import { isErrorLike } from '../../../concur/error-like';
import type { ConnectionSettings } from './target-url';
import { tlsOptions } from './tls';

const FAREWELL_MS = 3_000;

/** A client that has just been let in and has said nothing yet. Every value comes as text. */
export async function connectClient(settings: ConnectionSettings): Promise<Client> {
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

/**
 * Ends a client, after a last statement where there is one. A server that does not answer a
 * good-bye is left without one.
 */
export async function endQuietly(client: Client, lastStatement?: string): Promise<void> {
	const timer = setTimeout(() => client.connection.stream.destroy(), FAREWELL_MS);
	try {
		if (lastStatement !== undefined) await client.query(lastStatement);
	} catch {
		// Its session is gone, and what it held with it.
	}
	try {
		await client.end();
	} catch {
		// It is gone already.
	} finally {
		clearTimeout(timer);
	}
}
