import type { DeadLetter, Partition, PartitionState } from '../sinks/sink';
import type { RunEntry } from '../run/run-entry';
import { drawTable, foreign } from './data-table';
import { formatCount, formatDuration, formatSecond, formatTime, UNKNOWN } from './format';
import { findGaps } from './gaps';
import { html, type Content, type Html } from './html';
import { firstStretch } from '../windows/stretch';

/** Rows of a table that can be as long as a company has users or Concur has trouble. */
const MOST_ROWS = 200;
const MOST_PATHS = 50;

export function drawPartitions(partitions: readonly PartitionState[], now: Date): Html {
	const rows = partitions
		.map((state) => ({ ...state, stretch: firstStretch(state.coverage) }))
		.sort((a, b) => (a.stretch?.to ?? 0) - (b.stretch?.to ?? 0));
	return html`${drawTable(
		'Whose requests, and how far they are read: the one furthest behind first',
		[
			{ title: 'user', cell: ({ partition }) => nameUser(partition) },
			{ title: 'view', cell: ({ partition }) => partition.view },
			{ title: 'detail', cell: ({ detail }) => detail },
			{ title: 'complete from', cell: ({ stretch }) => formatSecond(stretch?.from) },
			{ title: 'complete up to', cell: ({ stretch }) => formatSecond(stretch?.to) },
			{
				title: 'lag',
				numeric: true,
				cell: ({ stretch }) => (stretch ? formatLag(stretch.to, now) : UNKNOWN),
			},
			{ title: 'open windows', cell: ({ coverage }) => drawGaps(coverage) },
			{ title: 'open requests read again', cell: ({ openReadAt }) => formatSecond(openReadAt) },
		],
		rows.slice(0, MOST_ROWS),
	)}${more(rows.length)}`;
}

/** How long ago a second was. */
export function formatLag(second: number, now: Date): string {
	return formatDuration(Math.max(0, now.getTime() - second * 1000));
}

/** Files that no longer are as they were written; none where there is nothing to tell. */
export function drawDamage(sentences: readonly string[]): Html | undefined {
	if (sentences.length === 0) return undefined;
	return html`<ul>
			${sentences.slice(0, MOST_ROWS).map((sentence) => html`<li>${foreign(sentence)}</li>`)}
		</ul>
		${more(sentences.length)}`;
}

export function drawDeadLetters(partitions: readonly PartitionState[]): Html {
	const letters = partitions.flatMap(({ partition, deadLetters }) =>
		deadLetters.map((letter): DeadLetter & { partition: Partition } => ({ ...letter, partition })),
	);
	if (letters.length === 0) return html`<p>Every record that was listed could be read.</p>`;
	return html`<p>
			These records could not be read. Every run tries them again first, but for those that were
			skipped: they wait until they change in Concur. SAP support finds a failure by its correlation
			id.
		</p>
		${drawTable(
			'Records that could not be read',
			[
				{ title: 'record', cell: ({ recordId }) => foreign(recordId) },
				{ title: 'user', cell: ({ partition }) => nameUser(partition) },
				{
					title: 'state',
					cell: ({ skippedAt }) =>
						skippedAt === undefined
							? 'pending'
							: html`skipped <time>${formatTime(skippedAt)}</time>`,
				},
				{ title: 'attempts', numeric: true, cell: ({ attempts }) => formatCount(attempts) },
				{ title: 'failed', cell: ({ failedAt }) => html`<time>${formatTime(failedAt)}</time>` },
				{ title: 'code', cell: ({ code }) => html`<code>${code}</code>` },
				{ title: 'what happened', cell: ({ message }) => foreign(message) },
				{ title: 'correlation id', cell: ({ correlationId }) => foreign(correlationId) },
			],
			letters.slice(0, MOST_ROWS),
		)}${more(letters.length)}`;
}

export function drawTables(rows: Readonly<Record<string, number>>, appendOnly: boolean): Html {
	const journal = html`<p>
		The target is a journal: a record that changed has a row for each time it was read.
	</p>`;
	return html`${appendOnly ? journal : undefined}
	${drawTable(
		'Rows in the target',
		[
			{ title: 'table', cell: ([table]) => html`<code>${table}</code>` },
			{ title: 'rows', numeric: true, cell: ([, count]) => formatCount(count) },
		],
		Object.entries(rows),
	)}`;
}

/** What Concur sent and no column takes; undefined where there is nothing of the kind. */
export function drawDrift(runs: readonly RunEntry[]): Html | undefined {
	const seen = new Map<string, { count: number; last: string }>();
	for (const { drift, startedAt } of [...runs].reverse())
		for (const [path, count] of Object.entries(drift))
			seen.set(path, { count: count + (seen.get(path)?.count ?? 0), last: startedAt });
	if (seen.size === 0) return undefined;
	return html`<p>
			Concur sent these and no column takes them. SQL targets keep them in <code>_raw</code>.
		</p>
		${drawTable(
			'Fields without a column of their own',
			[
				{ title: 'field', cell: ([path]) => foreign(path) },
				{ title: 'times', numeric: true, cell: ([, { count }]) => formatCount(count) },
				{ title: 'last seen by the run of', cell: ([, { last }]) => formatTime(last) },
			],
			[...seen].slice(0, MOST_PATHS),
		)}${more(seen.size, MOST_PATHS)}`;
}

function nameUser({ user }: Partition): Content {
	return user === '' ? "the token's own user" : foreign(user);
}

function drawGaps(coverage: PartitionState['coverage']): Content {
	const gaps = findGaps(coverage);
	if (gaps.length === 0) return 'none';
	const rest = gaps.length > 5 ? `and ${gaps.length - 5} more` : undefined;
	return [
		...gaps
			.slice(0, 5)
			.map(({ from, to }) => html`${formatSecond(from)} to ${formatSecond(to)}<br />`),
		rest,
	];
}

function more(count: number, shown = MOST_ROWS): Html | undefined {
	if (count <= shown) return undefined;
	return html`<p>${shown} of ${formatCount(count)} are shown.</p>`;
}
