import { isPending } from '../extract/dead-letters';
import { readVersions } from '../run/versions';
import type { PartitionState, SinkInspection } from '../sinks/sink';
import { firstStretch } from '../windows/stretch';
import { drawFailures } from './failure-section';
import { formatCount, formatSecond, formatTime, UNKNOWN } from './format';
import { findGaps } from './gaps';
import { html, styleElement, type Content, type Html } from './html';
import { MOST_RUNS, shownRuns, type ReportData } from './report-data';
import { drawQueue } from './queue-section';
import { drawRequests } from './request-section';
import { drawCalls, drawRows, drawRuns, drawWindows } from './run-sections';
import {
	drawDamage,
	drawDeadLetters,
	drawDrift,
	drawPartitions,
	drawTables,
	formatLag,
} from './state-sections';
import { style } from './style';

/**
 * One page on a target and its runs, complete in itself: it loads nothing and runs nothing, and its
 * policy forbids the browser to, whatever a text in it may hold.
 */
export function buildReport(data: ReportData): string {
	const { target, generatedAt, inspection, appendOnly } = data;
	const partitions = travelRequestsOf(inspection);
	const runs = shownRuns(data);
	const noRun = html`<p>No run has finished yet.</p>`;
	const page = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta
					http-equiv="Content-Security-Policy"
					content="default-src 'none'; style-src 'unsafe-inline'"
				/>
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<meta name="generator" content="n8n-nodes-sap-concur ${readVersions().package}" />
				<title>SAP Concur export: ${target}</title>
				${styleElement(style)}
			</head>
			<body>
				<header>
					<h1>SAP Concur export</h1>
					<p><bdi>${target}</bdi></p>
					<p>Made ${formatTime(generatedAt.toISOString())}. All times are UTC.</p>
				</header>
				<main>
					${drawTiles(data)}
					${section('Runs', runs.length === 0 ? noRun : [tellHidden(inspection.runs.length), drawRuns(runs)])}
					${section('Rows', [
						drawTables(inspection.rows, appendOnly),
						runs.length === 0 ? undefined : drawRows(runs, appendOnly),
					])}
					${section('Damaged files', drawDamage(inspection.damage ?? []))}
					${section('Calls to Concur', runs.length === 0 ? noRun : drawCalls(runs))}
					${section('Windows and dead letters', runs.length === 0 ? noRun : drawWindows(runs))}
					${section('Records that could not be read', drawDeadLetters(partitions))}
					${section('Failures', drawFailures(runs))}
					${section('How far the target has read', drawPartitions(partitions, generatedAt))}
					${section('Travel requests', drawRequests(data.requests))}
					${section('Connection requests', drawQueue(inspection.partitions))}
					${section('Unknown fields', drawDrift(runs))}
				</main>
			</body>
		</html> `;
	return page.text;
}

/** A part of the page with a title; none where it has nothing to say. */
function section(title: string, content: Content): Html | undefined {
	if (content === undefined) return undefined;
	return html`<section>
		<h2>${title}</h2>
		${content}
	</section>`;
}

function tellHidden(runs: number): Html | undefined {
	if (runs <= MOST_RUNS) return undefined;
	return html`<p>The newest ${MOST_RUNS} of ${formatCount(runs)} runs are shown.</p>`;
}

function drawTiles({ inspection, generatedAt }: ReportData): Html {
	const { runs, rows } = inspection;
	const partitions = travelRequestsOf(inspection);
	const [newest] = runs;
	const stretches = partitions.map(({ coverage }) => firstStretch(coverage));
	const complete = stretches.every((stretch) => stretch !== undefined) ? stretches : [];
	const known = complete.length > 0;
	const since = known ? Math.max(...complete.map(({ from }) => from)) : undefined;
	const behind = known ? Math.min(...complete.map(({ to }) => to)) : undefined;
	const letters = partitions.flatMap(({ deadLetters }) => deadLetters);
	const pending = letters.filter(isPending).length;
	const skipped = letters.length - pending;
	const gaps = partitions.reduce((sum, { coverage }) => sum + findGaps(coverage).length, 0);
	return html`<dl class="tiles">
		${tile('Last run', newest ? html`<span class="${newest.status}">${newest.status}</span>` : 'none', newest && formatTime(newest.finishedAt))}
		${tile('Behind Concur by', behind === undefined ? UNKNOWN : formatLag(behind, generatedAt), `complete from ${formatSecond(since)} up to ${formatSecond(behind)}`)}
		${tile('Travel requests', formatCount(rows['travel_requests']), 'rows in the target')}
		${tile('Dead letters', formatCount(pending), `records to be read first next time; ${formatCount(skipped)} skipped`)}
		${tile('Gaps', formatCount(gaps), 'windows left open amid what is read')}
	</dl>`;
}

/** A queue is not read by time: it has no windows, no watermark and no dead letters. */
function travelRequestsOf({ partitions }: SinkInspection): readonly PartitionState[] {
	return partitions.filter(({ partition }) => partition.stream === 'travel-requests');
}

function tile(name: string, value: Content, note: string | undefined): Html {
	return html`<div>
		<dt>${name}</dt>
		<dd>${value}${note === undefined ? undefined : html`<small>${note}</small>`}</dd>
	</div>`;
}
