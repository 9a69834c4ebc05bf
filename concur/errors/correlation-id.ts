import type { Secrets } from '../secrets';

/** RFC 4122 as the Correlation ID page wants it, or another short name of a call. */
const ID = /^[\w.:-]{1,40}$/;

/**
 * The correlation id of an answer, else the one we sent (Correlation ID page; OAuth2 says
 * `correlationid`). It is stored and printed, so it must look like one: a gateway may reflect
 * anything there, the Authorization header too.
 */
export function readCorrelationId(
	headers: Readonly<Record<string, string>>,
	sent: string,
	secrets: Secrets,
): string {
	const told = [headers['concur-correlationid'], headers['correlationid']];
	return told.find((id) => isCorrelationId(id, secrets)) ?? sent;
}

/** Whether a text may be shown as a correlation id. */
export function isCorrelationId(text: string | undefined, secrets: Secrets): text is string {
	return text !== undefined && ID.test(text) && secrets.redact(text) === text;
}
