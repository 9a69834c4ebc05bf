import { codeOf, isErrorLike } from './error-like';
import { ConcurError, NetworkError } from './errors';

// The connection never stood, so Concur surely did not act.
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_PRX_CONN',
	'UND_ERR_PRX_TLS',
]);
const TIMEOUTS = new Set([
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_BODY_TIMEOUT',
	'ETIMEDOUT',
	'ECONNABORTED',
	'TOTAL_TIMEOUT',
]);

// Not the network's fault: a bug, or a client that was closed.
const NOT_NETWORK = new Set([
	'UND_ERR_INVALID_ARG',
	'UND_ERR_NOT_SUPPORTED',
	'UND_ERR_DESTROYED',
	'UND_ERR_CLOSED',
]);

/** Thrown by the client itself when one attempt passes its total time. */
export class TotalTimeout extends Error {
	readonly code = 'TOTAL_TIMEOUT';
}

/**
 * Turns what an HTTP stack threw into a {@link NetworkError}. Our own errors pass unchanged, and so
 * does what carries no error code: that is a bug, and repeating it helps nobody.
 */
export function toNetworkError(error: unknown, call: string, correlationId: string): unknown {
	const codes = codesOf(error);
	if (error instanceof ConcurError || codes.length === 0) return error;
	if (codes.some((code) => NOT_NETWORK.has(code) || code.startsWith('ERR_INVALID_'))) return error;
	const sent = !codes.some((code) => NEVER_SENT.has(code) || isCertificateCode(code));
	const details = {
		correlationId,
		cause: error,
		advice: codes.some(isCertificateCode)
			? 'Check the certificates of the proxy between this machine and Concur.'
			: 'Check the network and the proxy settings, then run again.',
	};
	if (codes.some((code) => TIMEOUTS.has(code))) {
		return new NetworkError('CONCUR_TIMEOUT', `No answer to ${call} came in time.`, sent, details);
	}
	const reason = codes[0] === undefined ? '' : ` (${codes[0]})`;
	const message = sent
		? `The connection broke during ${call}${reason}.`
		: `Concur could not be reached for ${call}${reason}.`;
	return new NetworkError('CONCUR_NETWORK', message, sent, details);
}

/** Whether waiting can help: a wrong certificate stays wrong. */
export function isCertificateError(error: unknown): boolean {
	return error instanceof NetworkError && codesOf(error.cause).some(isCertificateCode);
}

function isCertificateCode(code: string): boolean {
	return /CERT|^ERR_TLS|^ERR_SSL|UNABLE_TO_(?:VERIFY|GET_ISSUER)/.test(code);
}

function codesOf(error: unknown, depth = 0): string[] {
	if (!isErrorLike(error) || depth > 4) return [];
	const code = codeOf(error);
	const own = code === undefined ? [] : [code];
	// An AggregateError: several addresses of one host were tried in vain.
	const inner: readonly unknown[] =
		'errors' in error && Array.isArray(error.errors) ? error.errors : [];
	return [...own, ...[error.cause, ...inner].flatMap((cause) => codesOf(cause, depth + 1))];
}
