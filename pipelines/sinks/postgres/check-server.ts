import { ConfigurationError } from '../../../concur/errors';
import type { Greeting } from './connection';

/** The oldest server whose SQL this sink speaks. */
const OLDEST = 120_000;

/** @throws {ConfigurationError} for a server that no table could be kept in. */
export function checkServer(target: string, greeting: Greeting, use: 'read' | 'write'): void {
	const refuse = (what: string, advice: string) =>
		new ConfigurationError('TARGET_UNUSABLE', `${target} cannot be used: ${what}`, { advice });
	if (greeting.version < OLDEST)
		throw refuse(
			`its server is PostgreSQL ${greeting.versionText}, which is too old.`,
			'Use PostgreSQL 12 or newer.',
		);
	if (greeting.encoding !== 'UTF8')
		throw refuse(
			`its encoding is ${greeting.encoding}, which cannot hold every text.`,
			"Use a database made with ENCODING 'UTF8'.",
		);
	if (use === 'write' && greeting.inRecovery === 'true')
		throw refuse('it is a read-only standby.', 'Name the primary server.');
}
