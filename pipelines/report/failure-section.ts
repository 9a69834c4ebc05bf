import type { RunEntry } from '../run/run-entry';
import { drawTable, foreign } from './data-table';
import { formatTime } from './format';
import { html, type Html } from './html';

/** What went wrong, also where a repetition made it good; undefined where nothing did. */
export function drawFailures(runs: readonly RunEntry[]): Html | undefined {
	const errors = runs.flatMap((run) => run.errors.map((error) => ({ run, error })));
	const warnings = runs.flatMap((run) => run.warnings.map((warning) => ({ run, warning })));
	const attempts = runs.filter(({ failures }) => failures.length > 0);
	if (errors.length + warnings.length + attempts.length === 0) return undefined;
	return html`${
		errors.length > 0
			? drawTable(
					'Why runs failed or left windows open',
					[
						{ title: 'run began', cell: ({ run }) => formatTime(run.startedAt) },
						{ title: 'code', cell: ({ error }) => html`<code>${error.code}</code>` },
						{ title: 'what happened', cell: ({ error }) => foreign(error.message) },
						{ title: 'correlation id', cell: ({ error }) => foreign(error.correlationId) },
						{ title: 'user', cell: ({ error }) => foreign(error.user) },
					],
					errors,
				)
			: undefined
	}
	${
		warnings.length > 0
			? drawTable(
					'Warnings',
					[
						{ title: 'run began', cell: ({ run }) => formatTime(run.startedAt) },
						{ title: 'code', cell: ({ warning }) => html`<code>${warning.code}</code>` },
						{ title: 'what to look after', cell: ({ warning }) => foreign(warning.message) },
					],
					warnings,
				)
			: undefined
	}
	${
		attempts.length > 0
			? drawTable(
					'Correlation ids of failed attempts (the latest ten of a run)',
					[
						{ title: 'run began', cell: ({ startedAt }) => formatTime(startedAt) },
						{
							title: 'correlation ids',
							cell: ({ failures }) => failures.map((id) => html`<bdi>${id}</bdi><br />`),
						},
					],
					attempts,
				)
			: undefined
	}`;
}
