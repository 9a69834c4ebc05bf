import { isErrorLike } from './error-like';
import { isJsonObject } from './json';
import type { Secrets } from './secrets';

/** Where the client tells what it does; pino and n8n's logger both fit. */
export interface Logger {
	debug(facts: object, message: string): void;
	info(facts: object, message: string): void;
	warn(facts: object, message: string): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {} };

/** Wraps a logger so that no secret reaches it. */
export function redactLogger(logger: Logger, secrets: Secrets): Logger {
	return {
		debug: (facts, message) => {
			logger.debug(cleanFacts(facts, secrets), secrets.redact(message));
		},
		info: (facts, message) => {
			logger.info(cleanFacts(facts, secrets), secrets.redact(message));
		},
		warn: (facts, message) => {
			logger.warn(cleanFacts(facts, secrets), secrets.redact(message));
		},
	};
}

function cleanFacts(facts: object, secrets: Secrets): object {
	return Object.fromEntries(
		Object.entries(facts).map(([key, value]) => [key, cleanValue(value, secrets)]),
	);
}

function cleanValue(value: unknown, secrets: Secrets): unknown {
	if (typeof value === 'string') return secrets.redact(value);
	if (Array.isArray(value)) return value.map((item) => cleanValue(item, secrets));
	if (isErrorLike(value)) return secrets.redact(value.message);
	if (isJsonObject(value)) return cleanFacts(value, secrets);
	return value;
}
