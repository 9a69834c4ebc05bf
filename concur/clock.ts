import { isErrorLike } from './error-like';

/** The time and the waiting, in one place so that tests need not wait. */
export interface Clock {
	/** Milliseconds that only ever grow; the zero point means nothing. */
	monotonicMs(): number;
	/** This machine's idea of milliseconds since 1970: one of several that say what time it is. */
	epochMs(): number;
	/** Tells one process's monotonic time from another's; where it is missing, none is compared. */
	originMs?(): number;
}

export const systemClock: Clock = {
	monotonicMs: () => performance.now(),
	epochMs: () => Date.now(),
	originMs: () => performance.timeOrigin,
};

/** Waits; rejects at once with the signal's reason when aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export const systemSleep: Sleep = (ms, signal) =>
	new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(abortReason(signal));
			return;
		}
		const stop = () => {
			clearTimeout(timer);
			if (signal) reject(abortReason(signal));
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', stop);
			resolve();
		}, ms);
		signal?.addEventListener('abort', stop, { once: true });
	});

/** What an abort rejects with: the signal's own reason. */
export function abortReason(signal: AbortSignal): Error {
	const reason: unknown = signal.reason;
	return isErrorLike(reason) ? reason : new Error('The work was stopped.', { cause: reason });
}

/** Waits for `promise`, but no longer than until the signal aborts. */
export async function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return promise;
	if (signal.aborted) {
		promise.catch(() => undefined);
		throw abortReason(signal);
	}
	return new Promise<T>((resolve, reject) => {
		const stop = () => {
			reject(abortReason(signal));
		};
		signal.addEventListener('abort', stop, { once: true });
		promise.then(resolve, reject).finally(() => {
			signal.removeEventListener('abort', stop);
		});
	});
}
