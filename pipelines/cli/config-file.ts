import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { ClientWarning } from '../../concur/http/client-warnings';
import { ConfigurationError } from '../../concur/errors';

/** Settings with which somebody else could act in the user's name. */
const SECRET = ['SAP_CONCUR_CLIENT_SECRET', 'SAP_CONCUR_PASSWORD', 'SAP_CONCUR_REFRESH_TOKEN'];

/** Its group and everybody else may read it. */
const READABLE_BY_OTHERS = 0o044;

/**
 * Reads a file of settings: a JSON object or lines `NAME=value`, with the names of the variables.
 * @throws {ConfigurationError} naming the file; never what stands in it.
 */
export function readConfigFile(file: string): Record<string, unknown> {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (cause) {
		throw new ConfigurationError('CONFIG_FILE_UNREADABLE', `${file} cannot be read.`, {
			advice: 'Give --config the path of a file that you may read.',
			cause,
		});
	}
	if (!text.trimStart().startsWith('{')) return { ...parseEnv(text) };
	try {
		return z.record(z.unknown()).parse(JSON.parse(text));
	} catch {
		// The parser's message would quote the file, secrets included.
		throw new ConfigurationError('CONFIG_FILE_INVALID', `${file} is not valid JSON.`, {
			advice: 'Write a JSON object with the names of the variables, or lines NAME=value.',
		});
	}
}

/** Warns of a file with a secret in it that others may read. Windows has no such rights. */
export function warnOfExposedFile(
	file: string,
	content: Readonly<Record<string, unknown>>,
): ClientWarning | undefined {
	if (process.platform === 'win32' || !SECRET.some((name) => content[name])) return undefined;
	const mode = statSync(file).mode & 0o777;
	if ((mode & READABLE_BY_OTHERS) === 0) return undefined;
	return {
		code: 'CONFIG_FILE_EXPOSED',
		message: `${file} holds a secret, and others on this machine may read it (mode 0${mode.toString(8)}).`,
		advice: `Run chmod 600 on ${file}.`,
	};
}
