import { BadBodyError, HttpError, NetworkError } from './errors';
import type { ConcurAnswer } from './exchange';
import type { ServerTime } from './server-time';
import type { HttpMethod } from './transport';

/** What one call remembers across its attempts. */
export interface CallState {
	/** The token was renewed on the spot after a 401. */
	renewed: boolean;
	/** An earlier attempt may have done its work although its answer was lost. */
	mayHaveActed: boolean;
}

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
	state: CallState,
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
		sentAt: serverTime.now() ?? 0,
		correlationId: error.correlationId ?? '',
	};
}
