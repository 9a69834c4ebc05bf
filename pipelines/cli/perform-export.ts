import { runExport, type ExportOptions } from '../run/run-export';
import type { RunSummary } from '../run/summary';
import { logEnd, logRun } from './log-run';
import { eachUser, type UserChoice } from './users';
import type { ClientTools } from './with-client';

/** What a command says of the export that it wants. */
export type ExportWish = Omit<ExportOptions, 'client' | 'users' | 'signal'> & {
	readonly users: UserChoice;
};

/** Runs an export with the tools of a command, and writes into its log what happens. */
export async function performExport(
	{ client, logger, signals }: ClientTools,
	{ users, ...options }: ExportWish,
): Promise<RunSummary> {
	const { sink, streams, detail, span } = options;
	const summary = await runExport({
		...options,
		client,
		users: eachUser(users, client, signals.aborted),
		signal: signals.aborted,
		...logRun(logger, { target: sink.target, streams, detail, ...span }),
	});
	logEnd(logger, summary);
	return summary;
}
