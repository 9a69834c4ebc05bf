/** The things that can go wrong. */
export const faultKinds = [
	/** 429; `retryAfter` in seconds, 'date' for an HTTP date, 'none' for no header (default 1). */
	'rateLimit',
	/** A bare 500, 502 or 504 (`status`, default 500) with an HTML body from a gateway. */
	'serverError',
	/** 500 with Concur's own error body. */
	'internalServerError',
	/** A business 503: `code` circuitBreaker (default), entityOffline, CLIQBOOK_APPROVAL_RETRY or _FAILURE. */
	'unavailable',
	/** 408 timeOut. */
	'timeOut',
	/** The connection is reset and nothing was done. */
	'resetBefore',
	/** The work is done but the connection is reset before the answer: the answer is lost. */
	'resetAfter',
	/** No headers ever come. */
	'stallHeaders',
	/** Headers and half a body come, then nothing. */
	'stallBody',
	/** Half the body with a content-length that matches the half: invalid JSON. */
	'truncatedBody',
	/** Half the body with the content-length of the whole, then the connection ends. */
	'shortBody',
	/** 200 with an HTML page. */
	'htmlBody',
	/** 401 although the access token is valid; that token stays dead. */
	'expiredToken',
	/** 500 whose message repeats the Authorization header. */
	'echoToken',
	/** A text field padded to `megabytes` (default 16), sent in chunks without content-length. */
	'hugeBody',
] as const;

/** The kind of a fault. */
export type FaultKind = (typeof faultKinds)[number];

/** One fault switch; several may be set at once, the first that strikes wins. */
export interface Fault {
	kind: FaultKind;
	/** Strikes with this probability on each call in scope; seeded. Default 1, unless `calls` is given. */
	probability?: number;
	/** Strikes exactly at these calls in scope, counted from 1 since the fault was set. */
	calls?: number[];
	/** Strikes the calls beyond so many within one real second. */
	perSecond?: number;
	/** Strikes at most so many times. */
	times?: number;
	/** Which calls are in scope; default 'api'. */
	scope?: 'api' | 'token' | 'both';
	/** Only calls whose path matches this regular expression. */
	path?: string;
	/** Only calls with this method. */
	method?: string;
	/** For rateLimit. */
	retryAfter?: number | 'date' | 'none';
	/** For rateLimit with 'date': seconds ahead of the fake clock; default 2. */
	dateAheadSeconds?: number;
	/** For serverError. */
	status?: number;
	/** For unavailable. */
	code?: string;
	/** For hugeBody. */
	megabytes?: number;
}
