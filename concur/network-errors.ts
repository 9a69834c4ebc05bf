import { codeOf, isErrorLike } from './error-like';
import { ConcurError, NetworkError } from './errors';
import { NotTheNetwork } from './transport';

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
const BUGS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** Thrown by the client itself when one attempt passes its total time. */
export class TotalTimeout extends Error {
	readonly code = 'TOTAL_TIMEOUT';
}

/** What was being done when the HTTP stack threw. */
export interface BrokenCall {
	/** `GET /travelrequest/v4/requests`. */
	readonly call: string;
	/** The address it went to. */
	readonly baseUrl: string;
	readonly correlationId: string;
}

/**
 * Turns what an HTTP stack threw into a {@link NetworkError}: whatever a server or a proxy may do to
 * it counts as the network's, also what has no name there (undici's parser throws errors without a
 * code, and even assertions). Unchanged pass our own errors, what the transport vouches for, what is
 * known to be no fault of the network, and plain bugs.
 */
export function toNetworkError(error: unknown, broken: BrokenCall): unknown {
	if (error instanceof ConcurError) return error;
	if (error instanceof NotTheNetwork) return error.reason;
	const codes = codesOf(error);
	if (codes.some((code) => NOT_NETWORK.has(code) || code.startsWith('ERR_INVALID_'))) return error;
	if (codes.length === 0 && isErrorLike(error) && BUGS.has(error.name)) return error;
	const { call, baseUrl, correlationId } = broken;
	const { host } = new URL(baseUrl);
	const sent = !codes.some((code) => NEVER_SENT.has(code) || isCertificateCode(code));
	const details = {
		correlationId,
		cause: withoutData(error),
		advice: codes.some(isCertificateCode)
			? 'Check the certificates of the proxy between this machine and Concur.'
			: 'Check the base address, the network and the proxy settings, then run again.',
	};
	const reason = codes[0] === undefined ? '' : ` (${codes[0]})`;
	if (!sent) {
		const isTimeout = codes.some((code) => TIMEOUTS.has(code));
		const message = `Concur could not be reached at ${host} for ${call}${reason}.`;
		return new NetworkError(
			isTimeout ? 'CONCUR_TIMEOUT' : 'CONCUR_NETWORK',
			message,
			sent,
			details,
		);
	}
	if (codes.some((code) => TIMEOUTS.has(code))) {
		return new NetworkError('CONCUR_TIMEOUT', `No answer to ${call} came in time.`, sent, details);
	}
	const message = isParserError(error)
		? `What answered at ${host} to ${call} does not speak HTTP.`
		: `The connection broke during ${call}${reason}.`;
	return new NetworkError('CONCUR_NETWORK', message, sent, details);
}

function isParserError(error: unknown): boolean {
	return (
		isErrorLike(error) &&
		(error.name === 'HTTPParserError' || (codeOf(error) ?? '').startsWith('HPE_'))
	);
}

// undici's parser errors quote the bytes they stumbled over, axios' errors hold what was sent.
const TELLTALE = ['data', 'config', 'request', 'response'];

/** The error as a cause that may be shown. */
function withoutData(error: unknown): unknown {
	if (!isErrorLike(error) || !TELLTALE.some((name) => name in error)) return error;
	const { cause } = error;
	const clean = new Error(error.message, cause === undefined ? {} : { cause: withoutData(cause) });
	clean.name = error.name;
	return Object.assign(clean, { code: codeOf(error) });
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
