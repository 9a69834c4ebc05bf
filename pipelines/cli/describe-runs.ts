import { durationOf, sumRows, toRunEntry, type RunEntry } from '../run/run-entry';
import type { RunRecord } from '../sinks/sink';
import { describeId } from './describe-summary';
import { oneLine } from '../terminal/printable';

const RUNS_SHOWN = 10;
/** Drift has up to a thousand paths. */
const PATHS_SHOWN = 10;

type Column = readonly [
	title: string,
	side: 'left' | 'right',
	value: (run: RunEntry) => string | number | undefined,
];

const text = (title: string, value: Column[2]): Column => [title, 'left', value];
const figure = (title: string, value: Column[2]): Column => [title, 'right', value];

const seconds = (milliseconds: number | undefined): string | undefined =>
	milliseconds === undefined ? undefined : `${(milliseconds / 1000).toFixed(1)} s`;

/** The last runs as a table; below it what they have to explain. */
export function describeRuns(runs: readonly RunRecord[], appendOnly: boolean): string[] {
	const entries = runs.slice(0, RUNS_SHOWN).map(toRunEntry);
	const [newest] = entries;
	if (!newest) return ['  no run has finished yet'];
	const shown = runs.length > entries.length ? `the last ${entries.length} of ` : '';
	return [
		`  ${shown}${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, newest first:`,
		...layOut(columnsFor(appendOnly), entries).map((line) => `    ${line}`),
		...entries.flatMap((run) => explain(run, run === newest)),
	];
}

function columnsFor(appendOnly: boolean): readonly Column[] {
	const rows = appendOnly
		? [figure('new+changed rows', (run) => sumRows(run, 'inserted') + sumRows(run, 'updated'))]
		: [
				figure('new rows', (run) => sumRows(run, 'inserted')),
				figure('changed', (run) => sumRows(run, 'updated')),
			];
	return [
		text('run', ({ runId }) => runId),
		text('status', ({ status }) => status),
		text('command', ({ command }) => command),
		text('finished', ({ finishedAt }) => finishedAt),
		figure('took', (run) => seconds(durationOf(run))),
		...rows,
		figure('deleted', (run) => sumRows(run, 'deleted')),
		figure('calls', ({ calls }) => calls),
		figure('token', ({ tokenCalls }) => tokenCalls),
		figure('retries', ({ retries }) => retries),
		figure('throttled', ({ throttledMs }) => seconds(throttledMs)),
		figure('p50/p95/max ms', ({ latency }) =>
			latency ? `${latency.p50Ms}/${latency.p95Ms}/${latency.maxMs}` : undefined,
		),
		figure('closed', ({ windows }) => windows?.closed),
		figure('open', ({ windows }) => windows?.open),
		figure('unreadable', ({ deadLetters }) => deadLetters),
	];
}

function layOut(columns: readonly Column[], runs: readonly RunEntry[]): string[] {
	const laid = columns.map(([title, side, value]) => {
		const cells = [title, ...runs.map((run) => oneLine(String(value(run) ?? '-')))];
		const width = Math.max(...cells.map((cell) => cell.length));
		return cells.map((cell) => (side === 'left' ? cell.padEnd(width) : cell.padStart(width)));
	});
	return ['', ...runs].map((_run, row) =>
		laid
			.map((cells) => cells[row] ?? '')
			.join('  ')
			.trimEnd(),
	);
}

/** Errors of every run; what else there is to say of the newest only. */
function explain(run: RunEntry, newest: boolean): string[] {
	const { runId, errors, warnings, failures, skipped, status } = run;
	const lines = [
		...errors.map(
			({ message, correlationId }) =>
				`error: ${oneLine(message)}${describeId(correlationId && oneLine(correlationId))}`,
		),
		...warnings.map(({ message }) => `warning: ${oneLine(message)}`),
		...(skipped ? [`records skipped: ${skipped}`] : []),
		...(failures.length > 0 && (newest || status !== 'complete')
			? [`correlation ids of failed attempts: ${failures.map(oneLine).join(', ')}`]
			: []),
		...(newest ? describeDriftAndVersions(run) : []),
	];
	return lines.length === 0
		? []
		: [`  run ${oneLine(runId)}:`, ...lines.map((line) => `    ${line}`)];
}

function describeDriftAndVersions({ drift, versions }: RunEntry): string[] {
	const paths = Object.entries(drift).map(([path, times]) => `${oneLine(path)} (${times})`);
	const more = paths.length > PATHS_SHOWN ? ` and ${paths.length - PATHS_SHOWN} more` : '';
	return [
		...(paths.length > 0
			? [`fields without a column of their own: ${paths.slice(0, PATHS_SHOWN).join(', ')}${more}`]
			: []),
		...(versions ? [`version ${oneLine(versions.package)}, Node ${oneLine(versions.node)}`] : []),
	];
}
