/** Facts an error carries for the person who reads it and for the code that decides on it. */
export interface ConcurErrorDetails {
	/** What the reader should do next, as a sentence. */
	readonly advice: string;
	/** HTTP status of Concur's answer, where there was one. */
	readonly status?: number;
	/** Concur's own error code, e.g. `missingRequiredParam` or an OAuth2 code as text (`"108"`). */
	readonly concurCode?: string;
	/** The RFC 4122 id that SAP support asks for. */
	readonly correlationId?: string;
	readonly cause?: unknown;
}

/**
 * The base of every error this package throws on purpose: a stable `code`, one human sentence in
 * `message`, and `advice` on what to do next. Its texts never hold a token or a secret.
 */
export class ConcurError extends Error {
	readonly advice: string;
	readonly status: number | undefined;
	readonly concurCode: string | undefined;
	readonly correlationId: string | undefined;

	constructor(
		readonly code: string,
		message: string,
		details: ConcurErrorDetails,
	) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = new.target.name;
		this.advice = details.advice;
		this.status = details.status;
		this.concurCode = details.concurCode;
		this.correlationId = details.correlationId;
	}
}

/**
 * The user asked for something that cannot be: a bad flag, date, host, credential or target.
 * Codes from `concur/`: `HOST_NOT_ALLOWED`, `INVALID_BASE_URL`, `INVALID_ID`, `INVALID_PARAMETER`,
 * `INVALID_CREDENTIALS`, `TOKEN_FILE_CORRUPT`, `TOKEN_FILE_EXPOSED`, `TOKEN_FILE_UNUSABLE`,
 * `TOKEN_FILE_LOCKED`.
 */
export class ConfigurationError extends ConcurError {}

/**
 * Concur answered with a status that is not a success. Codes: `CONCUR_BAD_REQUEST`,
 * `CONCUR_UNAUTHORIZED`, `CONCUR_FORBIDDEN`, `CONCUR_NOT_FOUND`, `CONCUR_CONFLICT`,
 * `CONCUR_RATE_LIMITED`, `CONCUR_UNAVAILABLE` (5xx, and a 400 of a database deadlock),
 * `CONCUR_TIMEOUT` (408), `CONCUR_REDIRECT`, `CONCUR_REFUSED` (any other 4xx).
 */
export class HttpError extends ConcurError {
	/** How long Concur asked us to wait (milliseconds, as sent: neither floored nor capped). */
	readonly retryAfterMs: number | undefined;
	/** The answer had neither a code nor words of its own. */
	readonly saysNothing: boolean;

	constructor(
		code: string,
		message: string,
		details: ConcurErrorDetails & {
			readonly status: number;
			readonly retryAfterMs?: number;
			readonly saysNothing?: boolean;
		},
	) {
		super(code, message, details);
		this.retryAfterMs = details.retryAfterMs;
		this.saysNothing = details.saysNothing ?? false;
	}
}

/**
 * The token service refused. Codes: `CONCUR_AUTH_CREDENTIALS`, `CONCUR_AUTH_ACCOUNT`,
 * `CONCUR_AUTH_CLIENT`, `CONCUR_AUTH_SCOPE`, `CONCUR_AUTH_GRANT`, `CONCUR_AUTH_REFRESH_TOKEN`,
 * `CONCUR_AUTH_GEOLOCATION`, `CONCUR_AUTH_REFUSED` (any other).
 */
export class AuthError extends HttpError {}

/**
 * No whole answer came. Codes: `CONCUR_NETWORK`, `CONCUR_TIMEOUT`. `sent` is false only when the
 * request surely never reached Concur (refused connection, unknown host).
 */
export class NetworkError extends ConcurError {
	constructor(
		code: 'CONCUR_NETWORK' | 'CONCUR_TIMEOUT',
		message: string,
		readonly sent: boolean,
		details: ConcurErrorDetails,
	) {
		super(code, message, details);
	}
}

/** `CONCUR_BAD_BODY`: a success whose body is cut short or is not JSON (an HTML page, say). */
export class BadBodyError extends ConcurError {}

/** The same where the body is a web page: somebody else has answered in Concur's place. */
export class WebPageError extends BadBodyError {}

/**
 * Sound JSON, but not what was asked for. Never retried. Codes: `CONCUR_UNEXPECTED_BODY` (not of the
 * documented shape), `CONCUR_OTHER_RECORD` (a record with another id).
 */
export class UnexpectedBodyError extends ConcurError {}

/** `CONCUR_BODY_TOO_LARGE`: the answer passed the size or item limit and was not read further. */
export class BodyTooLargeError extends ConcurError {}

/**
 * `CONCUR_OUTCOME_UNKNOWN`: a change was sent and no readable answer came back, so it may or may
 * not have been made. Never repeated blindly; `cause` is what went wrong.
 */
export class OutcomeUnknownError extends ConcurError {}

/** `CONCUR_INCOMPLETE_USER_LIST`: the user pages ended before all announced users were seen. */
export class IncompleteUserListError extends ConcurError {}

/**
 * `CONCUR_INCOMPLETE_QUEUE`: the pages of connection requests did not lead to the end of the queue,
 * or held some that cannot be read. Thrown after everything that was read has been handed out.
 */
export class IncompleteQueueError extends ConcurError {}

/**
 * `CONCUR_INCOMPLETE_LIST`: the pages of travel requests did not lead to their end, or held some that
 * have no id. Thrown after everything that was read has been handed out.
 */
export class IncompleteListError extends ConcurError {}
