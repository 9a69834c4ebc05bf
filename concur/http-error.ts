import { adviseOnHttp, adviseOnToken } from './error-advice';
import type { ErrorBody } from './error-body';
import { AuthError, HttpError } from './errors';
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
}

/** 503s that are the trip's business outcome and never go away by waiting (Travel Request v4). */
export const businessFailures: ReadonlySet<string> = new Set([
	'CLIQBOOK_APPROVAL_FAILURE',
	'CLIQBOOK_CANCEL_FAILURE',
]);

const MESSAGE_LENGTH = 300;

/** The error for an answer of an API. */
export function buildHttpError(answer: FailedAnswer, secrets: Secrets): HttpError {
	const { status, body } = answer;
	return new HttpError(codeOf(status, body), describe(answer, secrets), {
		...factsOf(answer, secrets),
		advice: answer.advice ?? adviseOnHttp(status, body.concurCode),
	});
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
	const { concurCode } = answer.body;
	return {
		status: answer.status,
		correlationId: correlationIdOf(
			answer.headers,
			answer.body.correlationId ?? answer.correlationId,
		),
		...(concurCode !== undefined && { concurCode: shorten(secrets.redact(concurCode)) }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

/** The id of the answer, else the one we sent (Correlation ID page; OAuth2 says `correlationid`). */
export function correlationIdOf(headers: Readonly<Record<string, string>>, sent: string): string {
	return headers['concur-correlationid'] ?? headers['correlationid'] ?? sent;
}

function describe(answer: FailedAnswer, secrets: Secrets): string {
	const { status, body } = answer;
	const code = body.concurCode === undefined ? '' : ` ${body.concurCode}`;
	const said = body.message === undefined ? '' : `: ${body.message}`;
	// Redacted before it is cut: half a token is still part of a token.
	const text = secrets.redact(`Concur answered ${status}${code} to ${answer.call}${said}`);
	return endSentence(shorten(text));
}

function shorten(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > MESSAGE_LENGTH ? `${line.slice(0, MESSAGE_LENGTH)}…` : line;
}

function endSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function codeOf(status: number, body: ErrorBody): string {
	if (body.concurCode !== undefined && businessFailures.has(body.concurCode)) {
		return 'CONCUR_CONFLICT';
	}
	// A 400 may be a rate limit in disguise (HTTP status codes page).
	if (status === 429 || isDisguisedRateLimit(status, body)) return 'CONCUR_RATE_LIMITED';
	if (status >= 500) return 'CONCUR_UNAVAILABLE';
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

function isDisguisedRateLimit(status: number, body: ErrorBody): boolean {
	return (
		status === 400 && body.concurCode === undefined && /request limit/i.test(body.message ?? '')
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
