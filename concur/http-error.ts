import { adviseOnHttp, adviseOnToken, mayBeAboutAccess } from './error-advice';
import type { TokenFacts } from './auth/token-facts';
import type { ErrorBody } from './error-body';
import { adviseOnAccess } from './errors/access-advice';
import { AuthError, HttpError } from './errors';
import { isCorrelationId, readCorrelationId } from './errors/correlation-id';
import { parseRetryAfter } from './retry-after';
import type { Secrets } from './secrets';

/** A failed exchange as far as an error may know it: no headers, no bodies. */
export interface FailedAnswer {
	/** `GET /travelrequest/v4/requests`, without the query. */
	readonly call: string;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: ErrorBody;
	/** The id we sent. */
	readonly correlationId: string;
	/** Advice of the endpoint, which knows more than the status. */
	readonly advice?: string | undefined;
	/** Of the token that was sent, where it is known. */
	readonly token?: TokenFacts | undefined;
}

/** 503s that are the trip's business outcome and never go away by waiting (Travel Request v4). */
export const businessFailures: ReadonlySet<string> = new Set([
	'CLIQBOOK_APPROVAL_FAILURE',
	'CLIQBOOK_CANCEL_FAILURE',
]);

const MESSAGE_LENGTH = 600;

/** The error for an answer of an API. */
export function buildHttpError(answer: FailedAnswer, secrets: Secrets): HttpError {
	const code = codeOf(answer.status, answer.body);
	return new HttpError(code, describe(answer, secrets), {
		...factsOf(answer, secrets),
		advice: advise(answer, code),
	});
}

function advise({ call, status, body, advice, token }: FailedAnswer, code: string): string {
	const isRefused = (status === 401 || status === 403) && mayBeAboutAccess(body.concurCode);
	const path = call.slice(call.indexOf(' ') + 1);
	const access = isRefused ? adviseOnAccess(path, token) : undefined;
	if (access?.isSure) return access.text;
	return advice ?? adviseOnHttp(status, body.concurCode, code, access?.text);
}

/** The error for an answer of the token service. */
export function buildAuthError(answer: FailedAnswer, secrets: Secrets): HttpError {
	const { status, body } = answer;
	const details = {
		...factsOf(answer, secrets),
		advice: answer.advice ?? adviseOnToken(status, body.concurCode),
	};
	const message = describe(answer, secrets);
	return status >= 400 && status < 500 && status !== 408 && status !== 429
		? new AuthError(authCodeOf(body.concurCode), message, details)
		: new HttpError(codeOf(status, body), message, details);
}

function factsOf(answer: FailedAnswer, secrets: Secrets) {
	const retryAfterMs = parseRetryAfter(answer.headers['retry-after'], answer.headers['date']);
	const { concurCode, correlationId } = answer.body;
	const fallback = isCorrelationId(correlationId, secrets) ? correlationId : answer.correlationId;
	return {
		status: answer.status,
		saysNothing: saysNothing(answer.body),
		correlationId: readCorrelationId(answer.headers, fallback, secrets),
		...(concurCode !== undefined && { concurCode: tidy(concurCode, secrets) }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

function describe(answer: FailedAnswer, secrets: Secrets): string {
	const { status, body } = answer;
	const code = body.concurCode === undefined ? '' : ` ${body.concurCode}`;
	const said = body.message === undefined ? '' : `: ${body.message}`;
	return endSentence(tidy(`Concur answered ${status}${code} to ${answer.call}${said}`, secrets));
}

function tidy(text: string, secrets: Secrets): string {
	const flat = text.replace(/\s+/g, ' ').trim();
	// Redacted before it is cut: half a token is still part of a token.
	const line = secrets.redact(flat);
	return line.length > MESSAGE_LENGTH ? `${line.slice(0, MESSAGE_LENGTH)}…` : line;
}

function endSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function codeOf(status: number, body: ErrorBody): string {
	if (body.concurCode !== undefined && businessFailures.has(body.concurCode)) {
		return 'CONCUR_CONFLICT';
	}
	if (status === 429 || isDisguisedRateLimit(status, body)) return 'CONCUR_RATE_LIMITED';
	if (status >= 500 || isDeadlock(status, body)) return 'CONCUR_UNAVAILABLE';
	if (status < 400) return 'CONCUR_REDIRECT';
	return byStatus[status] ?? 'CONCUR_REFUSED';
}

const byStatus: Readonly<Record<number, string>> = {
	400: 'CONCUR_BAD_REQUEST',
	401: 'CONCUR_UNAUTHORIZED',
	403: 'CONCUR_FORBIDDEN',
	404: 'CONCUR_NOT_FOUND',
	408: 'CONCUR_TIMEOUT',
	409: 'CONCUR_CONFLICT',
};

/**
 * A 400 may be a rate limit in disguise, "the number of requests received exceed the request limit"
 * (HTTP status codes page). A travel request may pass a limit too: an amount's is none of these.
 */
function isDisguisedRateLimit(status: number, { concurCode, message = '' }: ErrorBody): boolean {
	if (status < 400 || status >= 500) return false;
	if (concurCode === 'security.rate.limit.reached') return true;
	if (status !== 400) return false;
	if (/\brate[\s-]?limit|too many requests|throttl/i.test(message)) return true;
	// The number of requests, not the amount of one.
	return concurCode === undefined && /\brequest limit\b|\bnumber of requests\b/i.test(message);
}

/** The same page: "the request encountered a database deadlock", to be sent again shortly. */
function isDeadlock(status: number, { message = '' }: ErrorBody): boolean {
	return status === 400 && /\bdead-?lock/i.test(message);
}

function saysNothing({ concurCode, message = '' }: ErrorBody): boolean {
	return (
		concurCode === undefined &&
		/^(?:a web page titled )?(?:400 )?(?:bad request)?\W*$/i.test(message)
	);
}

function authCodeOf(oauthCode: string | undefined): string {
	switch (oauthCode) {
		case '5':
		case '19':
		case '51':
		case '52':
		case '100':
		case '136':
			return 'CONCUR_AUTH_CREDENTIALS';
		case '10':
		case '11':
		case '12':
		case '13':
		case '14':
		case '20':
		case '123':
		case '134':
			return 'CONCUR_AUTH_ACCOUNT';
		case '16':
			return 'CONCUR_AUTH_GEOLOCATION';
		case '53':
		case '59':
		case '61':
		case '62':
		case '63':
		case '64':
		case '115':
			return 'CONCUR_AUTH_CLIENT';
		case '54':
			return 'CONCUR_AUTH_SCOPE';
		case '60':
		case '107':
		case '120':
			return 'CONCUR_AUTH_GRANT';
		case '105':
		case '106':
		case '108':
			return 'CONCUR_AUTH_REFRESH_TOKEN';
		default:
			return 'CONCUR_AUTH_REFUSED';
	}
}
