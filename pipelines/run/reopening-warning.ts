import type { SummaryWarning } from './summary';

/**
 * Says that a target had been closed too far, and is being mended.
 *
 * @param seconds from where each partition concerned is listed again.
 */
export function warnOfReopening(seconds: readonly number[]): SummaryWarning | undefined {
	if (seconds.length === 0) return undefined;
	const from = new Date(Math.min(...seconds) * 1000).toISOString();
	return {
		code: 'COVERAGE_REOPENED',
		message: `An earlier version of this program had taken changes as read that had not been made yet: a Date of Concur's answers was ahead of the time. What was modified since ${from} is read again.`,
		advice: 'Nothing has to be done: it happens once, and brings what was missing.',
	};
}
