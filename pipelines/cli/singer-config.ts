import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../../concur/errors';
import { REREAD_OPEN_HOURS } from '../extract/reread-schedule';

/**
 * The keys of a tap's configuration file beside those of the environment (`SAP_CONCUR_…`), which
 * `readSettings` reads from the same file.
 */
const CONFIG = z.object({
	/** The earliest modification to read, where the state names no later one. */
	start_date: z.string().optional(),
	/** The latest modification to read. */
	end_date: z.string().optional(),
	/** Where not given: `full` when a child stream is selected, `request` when none is. */
	detail: z.enum(['list', 'request', 'full']).optional(),
	/** User UUIDs; or `all`. The token's own user where not given. */
	users: z.union([z.literal('all'), z.array(z.string())]).optional(),
	concurrency: z.number().int().min(1).max(64).default(4),
	/** Runs that try to read a record before it is let go; none ever is where not given. */
	skip_after: z.number().int().min(1).optional(),
	/** Hours until open requests are read again in full detail; 0: never. */
	reread_open: z.number().min(0).default(REREAD_OPEN_HOURS),
	/** Further hosts to trust with tokens. */
	allow_hosts: z.array(z.string()).default([]),
});

export type SingerConfig = z.infer<typeof CONFIG>;

/**
 * Reads a tap's configuration.
 * @throws {ConfigurationError} naming the file or the key that is wrong; never a value.
 */
export function readSingerConfig(file: string | undefined): SingerConfig {
	const content = file === undefined ? {} : readJson('--config', file);
	const config = CONFIG.safeParse(content);
	if (config.success) return config.data;
	const key = config.error.issues[0]?.path[0];
	throw new ConfigurationError(
		'CONFIG_FILE_INVALID',
		key === undefined
			? `${file} is not a JSON object.`
			: `${file}: ${key} has a value that it cannot have.`,
		{ advice: 'See sap-concur-export singer --help for the keys.' },
	);
}

/**
 * Reads a JSON file that a Singer tool hands over.
 * @throws {ConfigurationError} naming the flag and the file, never quoting what stands in it.
 */
export function readJson(flag: string, file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (cause) {
		throw new ConfigurationError('FILE_UNREADABLE', `${file} cannot be read.`, {
			advice: `Give ${flag} the path of a file that you may read.`,
			cause,
		});
	}
	// Tools hand over an empty file where there is no state yet.
	if (text.trim() === '') return {};
	try {
		const content: unknown = JSON.parse(text);
		return content;
	} catch {
		throw new ConfigurationError('FILE_INVALID', `${file} is not valid JSON.`, {
			advice: `Give ${flag} a JSON file.`,
		});
	}
}
