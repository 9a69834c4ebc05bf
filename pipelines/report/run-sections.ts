import { durationOf, type RunEntry } from '../run/run-entry';
import { drawBars } from './bar-chart';
import { drawTable, type TableColumn } from './data-table';
import { formatBegin, formatCount, formatDuration, formatMs, formatTime, UNKNOWN } from './format';
import { html, type Html } from './html';

const began: TableColumn<RunEntry> = {
	title: 'run began',
	cell: ({ startedAt }) => formatTime(startedAt),
};

function figure<Item>(
	title: string,
	count: (item: Item) => number | undefined,
	format = formatCount,
): TableColumn<Item> {
	return { title, numeric: true, cell: (item) => format(count(item)) };
}

const ofRun = figure<RunEntry>;

/** How far a run was behind the present when it ended, in milliseconds. */
export function lagOf({ watermark, finishedAt }: RunEntry): number | undefined {
	const lag = watermark === undefined ? NaN : Date.parse(finishedAt) - Date.parse(watermark);
	// A server's clock may be ahead of this machine's.
	return Number.isNaN(lag) ? undefined : Math.max(0, lag);
}

/** The label of a run below its bars. */
function labelOf({ startedAt }: RunEntry): string {
	return formatTime(startedAt).slice(5, 16);
}

/** Charts read from left to right, oldest first. */
function inTime(runs: readonly RunEntry[]): { runs: RunEntry[]; labels: string[] } {
	const oldestFirst = [...runs].reverse();
	return { runs: oldestFirst, labels: oldestFirst.map(labelOf) };
}

export function drawRuns(runs: readonly RunEntry[]): Html {
	return drawTable(
		'The runs, newest first',
		[
			began,
			{ title: 'run', cell: ({ runId }) => html`<code>${runId}</code>` },
			{ title: 'status', cell: ({ status }) => html`<b class="${status}">${status}</b>` },
			{ title: 'command', cell: ({ command }) => command },
			ofRun('took', durationOf, formatDuration),
			{ title: 'complete from', cell: ({ since }) => formatBegin(since) },
			{ title: 'complete up to', cell: ({ watermark }) => formatTime(watermark) },
			ofRun('lag at its end', lagOf, formatDuration),
			{
				title: 'version',
				cell: ({ versions }) => (versions ? `${versions.package}, Node ${versions.node}` : UNKNOWN),
			},
		],
		runs,
	);
}

interface TableRows {
	readonly run: RunEntry;
	readonly table: string;
	readonly rows: RowCounts;
}

type RowCounts = RunEntry['tables'][string];

const kindsOfRows: readonly { title: string; count: (rows: RowCounts) => number }[] = [
	{ title: 'new', count: ({ inserted }) => inserted },
	{ title: 'changed', count: ({ updated }) => updated },
	{ title: 'deleted', count: ({ deleted }) => deleted },
];

/** A journal is never searched for what it holds already. */
const journalKinds: typeof kindsOfRows = [
	{ title: 'new or changed', count: ({ inserted, updated }) => inserted + updated },
	{ title: 'deleted', count: ({ deleted }) => deleted },
];

export function drawRows(runs: readonly RunEntry[], appendOnly: boolean): Html {
	const { runs: oldestFirst, labels } = inTime(runs);
	const names = [...new Set(runs.flatMap(({ tables }) => Object.keys(tables)))];
	const counts: TableRows[] = runs.flatMap((run) =>
		Object.entries(run.tables).map(([table, rows]) => ({ run, table, rows })),
	);
	const kinds = appendOnly ? journalKinds : kindsOfRows;
	const written = counts.filter(({ rows }) => kinds.some(({ count }) => count(rows) > 0));
	const charts = names.map((table, index) =>
		drawBars({
			id: `rows-${index}`,
			title: table,
			summary: `Rows of ${table} that each run wrote. The table below has the numbers.`,
			labels,
			series: kinds.map(({ title, count }) => ({
				name: title,
				values: oldestFirst.map(({ tables }) => tables[table] && count(tables[table])),
			})),
		}),
	);
	return html`<div class="charts">${charts}</div>
		${drawTable(
			'Rows by run and table, where a run wrote any',
			[
				{ title: 'run began', cell: ({ run }) => formatTime(run.startedAt) },
				{ title: 'table', cell: ({ table }) => html`<code>${table}</code>` },
				...kinds.map(({ title, count }) => figure<TableRows>(title, ({ rows }) => count(rows))),
				figure<TableRows>('unchanged', ({ rows }) => rows.unchanged),
			],
			written,
		)}`;
}

export function drawCalls(runs: readonly RunEntry[]): Html {
	const { runs: oldestFirst, labels } = inTime(runs);
	const over = (name: string, value: (run: RunEntry) => number | undefined) => ({
		name,
		values: oldestFirst.map(value),
	});
	return html`<div class="charts">
			${drawBars({
				id: 'calls',
				title: 'Calls and retries',
				summary: 'API calls of each run, and how many of them repeated a failed one.',
				labels,
				series: [over('calls', ({ calls }) => calls), over('retries', ({ retries }) => retries)],
			})}
			${drawBars({
				id: 'latency',
				title: 'Latency in milliseconds',
				summary: 'How long half of the calls took at most, 95 of 100, and the slowest.',
				labels,
				unit: ' ms',
				series: [
					over('median', ({ latency }) => latency?.p50Ms),
					over('95 %', ({ latency }) => latency?.p95Ms),
					over('slowest', ({ latency }) => latency?.maxMs),
				],
			})}
		</div>
		${drawTable(
			'Calls by run',
			[
				began,
				ofRun('calls', ({ calls }) => calls),
				ofRun('token calls', ({ tokenCalls }) => tokenCalls),
				ofRun('retries', ({ retries }) => retries),
				ofRun('throttled', ({ throttledMs }) => throttledMs, formatDuration),
				ofRun('median', ({ latency }) => latency?.p50Ms, formatMs),
				ofRun('95 %', ({ latency }) => latency?.p95Ms, formatMs),
				ofRun('slowest', ({ latency }) => latency?.maxMs, formatMs),
			],
			runs,
		)}`;
}

export function drawWindows(runs: readonly RunEntry[]): Html {
	const { runs: oldestFirst, labels } = inTime(runs);
	return html`<div class="charts">
			${drawBars({
				id: 'windows',
				title: 'Windows',
				summary: 'Windows of time that each run read whole, and those that it had to leave open.',
				labels,
				series: [
					{ name: 'closed', values: oldestFirst.map(({ windows }) => windows?.closed) },
					{ name: 'left open', values: oldestFirst.map(({ windows }) => windows?.open) },
				],
			})}
			${drawBars({
				id: 'letters',
				title: 'Records that could not be read',
				summary: 'Records that each run had to leave as dead letters.',
				labels,
				series: [
					{ name: 'dead letters', values: oldestFirst.map(({ deadLetters }) => deadLetters) },
				],
			})}
		</div>
		${drawTable(
			'Windows by run',
			[
				began,
				ofRun('closed', ({ windows }) => windows?.closed),
				ofRun('left open', ({ windows }) => windows?.open),
				ofRun('dead letters', ({ deadLetters }) => deadLetters),
			],
			runs,
		)}`;
}
