import type { StopSignal } from './output/exit-codes';

export interface SignalWatch {
	/** Aborted by the first SIGINT or SIGTERM. */
	readonly aborted: AbortSignal;
	received(): StopSignal | undefined;
	stop(): void;
}

/**
 * Turns the first SIGINT or SIGTERM into an orderly end: requests are dropped, what is closed is
 * committed. A second one ends the process at once; the target survives that as it does a crash.
 */
export function watchSignals(): SignalWatch {
	const controller = new AbortController();
	let first: StopSignal | undefined;
	const onSignal = (signal: NodeJS.Signals): void => {
		if (signal !== 'SIGINT' && signal !== 'SIGTERM') return;
		if (first !== undefined) process.exit(signal === 'SIGINT' ? 130 : 143);
		first = signal;
		controller.abort();
	};
	process.on('SIGINT', onSignal);
	process.on('SIGTERM', onSignal);
	return {
		aborted: controller.signal,
		received: () => first,
		stop() {
			process.off('SIGINT', onSignal);
			process.off('SIGTERM', onSignal);
		},
	};
}
