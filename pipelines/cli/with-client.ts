import pino, { type Logger } from 'pino';
import type { ConcurClient } from '../../concur/client';
import { connect } from './connect';
import { readSettings } from './settings';
import { watchSignals, type SignalWatch } from './signals';

/** What a command that talks to Concur works with. */
export interface ClientTools {
	readonly client: ConcurClient;
	readonly logger: Logger;
	readonly signals: SignalWatch;
}

export interface ClientFlags {
	/** The file of settings, where one is named. */
	readonly config: string | undefined;
	readonly allowHosts: readonly string[];
	readonly concurrency: number;
}

/**
 * Runs a command's work with a client that SIGINT and SIGTERM end, and closes it afterwards.
 * @throws {ConfigurationError} for settings that are missing or wrong; what the work throws.
 */
export async function withClient(
	{ config, allowHosts, concurrency }: ClientFlags,
	work: (tools: ClientTools) => Promise<void>,
): Promise<void> {
	const settings = readSettings(process.env, config);
	const logger = pino({ level: settings.SAP_CONCUR_LOG_LEVEL, base: null }, pino.destination(2));
	const signals = watchSignals();
	const client = connect(settings, { allowHosts, concurrency, signal: signals.aborted, logger });
	try {
		await work({ client, logger, signals });
	} finally {
		signals.stop();
		await client.close();
	}
}
