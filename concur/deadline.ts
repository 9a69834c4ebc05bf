import { TotalTimeout } from './network-errors';

/** A signal of one attempt: ends with the caller's signal or when the time is up. */
export interface Deadline {
	readonly signal: AbortSignal;
	/** Must be called when the attempt is over. */
	clear(): void;
}

/** A slow drip of bytes passes every idle timeout, so an attempt also has a total time. */
export function startDeadline(totalMs: number, signal: AbortSignal | undefined): Deadline {
	const controller = new AbortController();
	const stop = () => {
		controller.abort(signal?.reason);
	};
	if (signal?.aborted) stop();
	signal?.addEventListener('abort', stop, { once: true });
	const timer = setTimeout(() => {
		controller.abort(new TotalTimeout('The time is up.'));
	}, totalMs);
	return {
		signal: controller.signal,
		clear() {
			clearTimeout(timer);
			signal?.removeEventListener('abort', stop);
		},
	};
}

/** A signal of one call, out of the client's and the caller's. */
export interface JoinedSignal {
	readonly signal: AbortSignal | undefined;
	/** Must be called when the call is over. */
	unlink(): void;
}

/**
 * Not `AbortSignal.any`: over millions of calls on one long-lived signal its bookkeeping grows
 * faster than it is collected.
 */
export function joinSignals(
	first: AbortSignal | undefined,
	second: AbortSignal | undefined,
): JoinedSignal {
	if (!first || !second || first === second) {
		return { signal: first ?? second, unlink() {} };
	}
	const controller = new AbortController();
	const sources = [first, second].map((source) => ({
		source,
		stop: () => {
			controller.abort(source.reason);
		},
	}));
	for (const { source, stop } of sources) {
		if (source.aborted) stop();
		source.addEventListener('abort', stop, { once: true });
	}
	return {
		signal: controller.signal,
		unlink() {
			for (const { source, stop } of sources) source.removeEventListener('abort', stop);
		},
	};
}
