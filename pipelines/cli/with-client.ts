import pino, { type Logger } from 'pino';
import type { ConcurClient } from '../../concur/client';
import { readConfigFile, warnOfExposedFile } from './config-file';
import { connect } from './connect';
import type { Answer } from './output/answer';
import { printableJson } from '../terminal/printable';
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
 * Runs a command's work with a client that SIGINT and SIGTERM end, and closes it afterwards. What the
 * settings give cause to warn of is among the client's warnings.
 * @throws {ConfigurationError} for settings that are missing or wrong; what the work throws.
 */
export async function withClient(
	{ config, allowHosts, concurrency }: ClientFlags,
	answer: Answer,
	work: (tools: ClientTools) => Promise<void>,
): Promise<void> {
	const file = config === undefined ? {} : readConfigFile(config);
	const exposed = config === undefined ? undefined : warnOfExposedFile(config, file);
	answer.warn(exposed ? [exposed] : []);
	const settings = readSettings(process.env, file);
	const logger = createLogger(settings.SAP_CONCUR_LOG_LEVEL);
	const signals = watchSignals();
	const connected = connect(settings, { allowHosts, concurrency, signal: signals.aborted, logger });
	const client: ConcurClient = {
		...connected,
		warnings: () => [...(exposed ? [exposed] : []), ...connected.warnings()],
	};
	try {
		await work({ client, logger, signals });
	} catch (error) {
		answer.warn(client.warnings());
		throw error;
	} finally {
		signals.stop();
		await client.close();
	}
}

/** Lines of JSON on standard error. */
function createLogger(level: string): Logger {
	const stderr = pino.destination(2);
	return pino({ level, base: null }, { write: (line) => stderr.write(printableJson(line)) });
}
