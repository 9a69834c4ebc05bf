import type { Logger } from '../../concur/logger';
import type { NoteListeners } from '../run/run-notes';
import type { RunSummary } from '../run/summary';

/**
 * Writes into a log what a run does (info) and meets (warn).
 * @param about what is known of the run before it begins.
 */
export function logRun(logger: Logger, about: object): Required<NoteListeners> {
	return {
		onStart: (runId) => logger.info({ runId, ...about }, 'The run begins.'),
		onPartition: ({ isComplete, windows, ...partition }) =>
			logger.info(
				{ ...partition, ...windows },
				isComplete ? 'A partition is done.' : 'A partition is left open.',
			),
		onFailure: ({ message, ...facts }) => logger.warn(facts, message),
		onWarning: ({ message, ...facts }) => logger.warn(facts, message),
	};
}

/** Writes into a log how a run has ended. */
export function logEnd(
	logger: Logger,
	summary: Pick<RunSummary, 'runId' | 'status' | 'tables' | 'calls' | 'retries' | 'durationMs'>,
): void {
	const { runId, status, tables, calls, retries, durationMs } = summary;
	logger.info({ runId, status, tables, calls, retries, durationMs }, `The run is ${status}.`);
}
