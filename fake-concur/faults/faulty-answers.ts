import type { Answer } from '../http/answer';
import type { Fault } from './fault';

const unavailableMessages: Record<string, string> = {
	circuitBreaker: 'Circuit Breaker is open, please try again on a different node',
	entityOffline: 'Entity is offline, please try again later.',
	CLIQBOOK_APPROVAL_RETRY: 'This request cannot be approved immediately. Please try again later.',
	CLIQBOOK_APPROVAL_FAILURE: 'This request cannot be approved due to trip approval failure.',
	CLIQBOOK_CANCEL_FAILURE: 'This request cannot be cancelled due to trip cancel failure.',
};

/** The answer a fault gives instead of doing the work; undefined for faults of the delivery. */
export function answerInstead(
	fault: Fault,
	now: Date,
	authorization: string | undefined,
): Answer | undefined {
	switch (fault.kind) {
		case 'rateLimit':
			return {
				status: 429,
				headers: retryAfterHeader(fault, now),
				json: {
					timestamp: now.toISOString(),
					httpStatus: 429,
					error: { id: 'security.rate.limit.reached', message: 'slow the rate of requests' },
				},
			};
		case 'serverError':
			return gatewayPage(fault.status ?? 500);
		case 'htmlBody':
			return gatewayPage(200);
		case 'internalServerError':
			return travelRequestError(500, 'internalServerError', 'internal server error');
		case 'unavailable': {
			const code = fault.code ?? 'circuitBreaker';
			return travelRequestError(503, code, unavailableMessages[code] ?? code);
		}
		case 'timeOut':
			return travelRequestError(408, 'timeOut', 'timeout has occurred');
		case 'expiredToken':
			return travelRequestError(401, 'invalidUser', "the request's user is invalid");
		case 'echoToken':
			// A gateway that repeats the token: clients must redact what they report.
			return travelRequestError(500, 'internalServerError', `failed for ${authorization ?? ''}`);
		default:
			return undefined;
	}
}

/** An error body of Travel Request v4. */
export function travelRequestError(
	status: number,
	errorCode: string,
	errorMessage: string,
): Answer {
	return { status, json: { errors: [{ errorCode, errorMessage }] } };
}

function gatewayPage(status: number): Answer {
	const text = `<html><head><title>${status}</title></head><body>Concur Gateway</body></html>`;
	return { status, text, type: 'text/html' };
}

function retryAfterHeader(fault: Fault, now: Date): Record<string, string> {
	const wait = fault.retryAfter ?? 1;
	if (wait === 'none') return {};
	if (wait !== 'date') return { 'Retry-After': String(wait) };
	const date = new Date(now.getTime() + (fault.dateAheadSeconds ?? 2) * 1000);
	return { 'Retry-After': date.toUTCString() };
}
