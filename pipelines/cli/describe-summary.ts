import type { RunSummary } from '../run/summary';
import type { Sink } from '../sinks/sink';

/** A run in a few lines, for people. */
export function describeSummary(summary: RunSummary, sink: Sink): string[] {
	const rows = Object.entries(summary.tables).map(
		([table, { inserted, updated, unchanged, deleted }]) => {
			const written = sink.appendOnly
				? `${inserted + updated} new or changed`
				: `${inserted} new, ${updated} changed`;
			return `  ${table}: ${written}, ${deleted} deleted, ${unchanged} unchanged`;
		},
	);
	const errors = summary.errors.map(
		({ message, advice, user, correlationId }) =>
			`  ${user ? `user ${user}: ` : ''}${message} ${advice}${describeId(correlationId)}`,
	);
	const warnings = summary.warnings.map(({ message, advice }) => `  warning: ${message} ${advice}`);
	return [
		`Run ${summary.runId} into ${sink.target}: ${summary.status}`,
		...(rows.length > 0 ? rows : ['  nothing new']),
		`  ${summary.calls} calls, ${summary.retries} retries, ${summary.windows.closed} windows closed, ${summary.windows.open} open, ${(summary.durationMs / 1000).toFixed(1)} s`,
		...describeStretch(summary),
		...(summary.deadLetters > 0
			? [`  could not read ${countRecords(summary.deadLetters)}; status says which and why`]
			: []),
		...(summary.skipped > 0
			? [`  skipped ${countRecords(summary.skipped)}, as too many runs could not read them`]
			: []),
		...errors,
		...warnings,
		...describeDrift(summary.drift),
	];
}

function describeStretch({ since, watermark }: RunSummary): string[] {
	if (since === null || watermark === null) return [];
	const begin = Date.parse(since) === 0 ? 'the beginning' : since;
	return [`  complete from ${begin} up to ${watermark}`];
}

function countRecords(count: number): string {
	return count === 1 ? '1 record' : `${count} records`;
}

/** The id that SAP support asks for. */
export function describeId(correlationId: string | undefined): string {
	return correlationId === undefined ? '' : ` (correlation id ${correlationId})`;
}

function describeDrift(drift: RunSummary['drift']): string[] {
	const paths = Object.keys(drift);
	if (paths.length === 0) return [];
	const shown = paths.slice(0, 5).join(', ');
	const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
	return [`  fields without a column of their own: ${shown}${more}`];
}
