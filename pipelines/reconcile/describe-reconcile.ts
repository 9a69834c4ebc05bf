import type { ReconcileSummary } from './summary';

/** A reconcile in a few lines, for people. */
export function describeReconcile(summary: ReconcileSummary, target: string): string[] {
	const { partitions, checked, deleted, undeleted, foundMissing } = summary;
	const seconds = (summary.durationMs / 1000).toFixed(1);
	return [
		`Reconcile ${summary.runId} of ${target}: ${summary.status}`,
		`  ${checked} requests checked: ${deleted} deleted, ${undeleted} undeleted, ${foundMissing} found missing`,
		...note(summary.hidden, 'not listed although Concur has them', summary.hiddenIds),
		...note(summary.unconfirmed, 'left as they are: Concur did not say whether they were deleted'),
		...note(summary.unreadable, 'could not be read'),
		...note(partitions.incomplete, 'users not swept completely: nothing was deleted there'),
		...note(partitions.notExported, 'users left out: the target has no export of them'),
		`  ${summary.calls} calls, ${summary.retries} retries, ${seconds} s`,
		...summary.errors.map(
			({ message, advice, user, correlationId }) =>
				`  ${user ? `user ${user}: ` : ''}${message} ${advice}${
					correlationId === undefined ? '' : ` (correlation id ${correlationId})`
				}`,
		),
		...summary.warnings.map(({ message, advice }) => `  warning: ${message} ${advice}`),
	];
}

function note(count: number, what: string, ids: readonly string[] = []): string[] {
	if (count === 0) return [];
	return [`  ${count} ${what}${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`];
}
