import { BadBodyError, HttpError, NetworkError } from './errors';
import type { ConcurAnswer } from './exchange';
import type { ServerTime } from './server-time/server-time';
import type { HttpMethod } from './transport';

/** Whether Concur may have carried out a call that failed like this. */
export function mayHaveActed(error: unknown): boolean {
	if (error instanceof NetworkError) return error.sent;
	if (error instanceof BadBodyError) return true;
	return error instanceof HttpError && ((error.status ?? 0) >= 500 || error.status === 408);
}

/** A DELETE whose first answer was lost finds nothing the second time: it is done. */
export function isGoneAfterLostAnswer(
	error: unknown,
	method: HttpMethod,
	state: { readonly mayHaveActed: boolean },
): error is HttpError {
	return (
		method === 'DELETE' && state.mayHaveActed && error instanceof HttpError && error.status === 404
	);
}

/** The answer to such a DELETE: 204 without a body. */
export function answerGone(error: HttpError, serverTime: ServerTime): ConcurAnswer {
	return {
		status: 204,
		headers: {},
		data: undefined,
		bytes: 0,
		sent: { sentMs: 0, latestMs: undefined },
		sentAt: serverTime.now() ?? 0,
		correlationId: error.correlationId ?? '',
	};
}
