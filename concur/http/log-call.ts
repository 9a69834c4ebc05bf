import { ConcurError } from '../errors';
import type { Logger } from '../logger';

/** One exchange, as `debug` tells it: neither queries nor bodies, which name people. */
export interface LoggedCall {
	readonly method: string;
	readonly path: string;
	readonly attempt: number;
	readonly ms: number;
}

/** @param outcome the status of the answer, or what was thrown. */
export function logCall(logger: Logger, call: LoggedCall, outcome: unknown): void {
	const { method, path, attempt } = call;
	const error = outcome instanceof ConcurError ? outcome : undefined;
	const status = typeof outcome === 'number' ? outcome : error?.status;
	const facts = { method, path, status, ms: Math.round(call.ms), attempt };
	const failure = error && { code: error.code, correlationId: error.correlationId };
	logger.debug({ ...facts, ...failure }, `${method} ${path}: ${status ?? error?.code ?? 'failed'}`);
}
