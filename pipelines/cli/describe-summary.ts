import type { RunSummary } from '../run/summary';

/** A run in a few lines, for people. */
export function describeSummary(summary: RunSummary, target: string): string {
	const rows = Object.entries(summary.tables).map(
		([table, { inserted, updated, unchanged, deleted }]) =>
			`  ${table}: ${inserted} new, ${updated} changed, ${deleted} deleted, ${unchanged} unchanged`,
	);
	const errors = summary.errors.map(
		({ message, advice, user }) => `  ${user ? `user ${user}: ` : ''}${message} ${advice}`,
	);
	return [
		`Run ${summary.runId} into ${target}: ${summary.status}`,
		...(rows.length > 0 ? rows : ['  nothing new']),
		`  ${summary.calls} calls, ${summary.retries} retries, ${summary.windows.closed} windows closed, ${summary.windows.open} open, ${(summary.durationMs / 1000).toFixed(1)} s`,
		...(summary.watermark ? [`  complete up to ${summary.watermark}`] : []),
		...(summary.deadLetters > 0 ? [`  ${summary.deadLetters} records could not be read`] : []),
		...errors,
		...describeDrift(summary.drift),
	].join('\n');
}

function describeDrift(drift: RunSummary['drift']): string[] {
	const paths = Object.keys(drift);
	if (paths.length === 0) return [];
	const shown = paths.slice(0, 5).join(', ');
	const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
	return [`  fields without a column of their own: ${shown}${more}`];
}
