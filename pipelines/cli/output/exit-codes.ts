import type { RunRecord } from '../../sinks/sink';

/** What the command's exit code says; a scheduler decides on it. */
export const EXIT = {
	complete: 0,
	failed: 1,
	usage: 2,
	/** Finished, but with dead letters or open windows. */
	incomplete: 3,
	locked: 4,
} as const;

/** 128 + the signal's number, as shells do. */
const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143 } as const;

export type StopSignal = keyof typeof SIGNAL_EXIT;

export function exitCodeOf(status: RunRecord['status'], signal: StopSignal | undefined): number {
	if (status === 'interrupted') return SIGNAL_EXIT[signal ?? 'SIGTERM'];
	return EXIT[status];
}
