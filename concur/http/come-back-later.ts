import { HttpError } from '../errors';

const MINUTE_MS = 60_000;

/** The error of a call that was told to wait for longer than a call waits. */
export function comeBackLater(error: HttpError): HttpError {
	const wait = describeWait(error.retryAfterMs ?? 0);
	return new HttpError(error.code, `${error.message} It asks to stay away for ${wait}.`, {
		advice: `Start again in ${wait}: earlier calls would be refused too.`,
		status: error.status ?? 503,
		retryAfterMs: error.retryAfterMs ?? 0,
		...(error.concurCode !== undefined && { concurCode: error.concurCode }),
		...(error.correlationId !== undefined && { correlationId: error.correlationId }),
		cause: error,
	});
}

/** Rounded up: whoever comes back then is not too early. */
export function describeWait(milliseconds: number): string {
	if (milliseconds < 2 * MINUTE_MS) return count(Math.ceil(milliseconds / 1000), 'second');
	const minutes = Math.ceil(milliseconds / MINUTE_MS);
	if (minutes < 120) return count(minutes, 'minute');
	const hours = Math.ceil(minutes / 60);
	return hours < 48 ? count(hours, 'hour') : count(Math.ceil(hours / 24), 'day');
}

function count(number: number, unit: string): string {
	return number === 1 ? `1 ${unit}` : `${number} ${unit}s`;
}
