import { drawBars } from './bar-chart';
import type { RequestCount } from './count-requests';
import { drawTable, foreign } from './data-table';
import { formatCount } from './format';
import { html, type Html } from './html';

/** Statuses with a colour of their own; the rest share one. */
const MOST_STATUSES = 4;
const MOST_MONTHS = 24;
/** Rows of the table by status; Concur has about ten, a company may have renamed them. */
const MOST_LISTED = 30;
const OTHERS = 'others';
const NO_STATUS = 'no status';
const NO_MONTH = 'no date';

export function drawRequests(counts: readonly RequestCount[] | undefined): Html {
	if (!counts) return html`<p>Requests are counted in SQL targets only.</p>`;
	if (counts.length === 0) return html`<p>There is no travel request in the target.</p>`;
	const byStatus = sumBy(counts, ({ status }) => status ?? NO_STATUS);
	const byMonth = sumBy(counts, ({ month }) => month ?? NO_MONTH);
	const statuses = [...byStatus].sort(([, one], [, other]) => other - one);
	const allMonths = [...byMonth.keys()].sort();
	const months = allMonths.slice(-MOST_MONTHS);
	const named = statuses.slice(0, MOST_STATUSES).map(([status]) => status);
	const groups = statuses.length > named.length ? [...named, OTHERS] : named;
	const groupOf = ({ status }: RequestCount): string => {
		const name = status ?? NO_STATUS;
		return named.includes(name) ? name : OTHERS;
	};
	const cells = sumBy(counts, (each) => JSON.stringify([each.month ?? NO_MONTH, groupOf(each)]));
	const cell = (month: string, group: string) => cells.get(JSON.stringify([month, group])) ?? 0;
	const earlier = allMonths.length - months.length;
	return html`<div class="charts">
			${drawBars({
				id: 'by-status',
				title: 'Requests by status',
				summary: 'How many travel requests stand at each approval status.',
				labels: groups,
				series: [
					{
						name: 'requests',
						values: groups.map((group) => sumOf(counts.filter((each) => groupOf(each) === group))),
					},
				],
			})}
			${drawBars({
				id: 'by-month',
				title: 'Requests by the month their trip starts',
				summary: 'How many travel requests start in each month, by approval status.',
				labels: months,
				stacked: true,
				series: groups.map((group) => ({
					name: group,
					values: months.map((month) => cell(month, group)),
				})),
			})}
		</div>
		${drawTable(
			'Requests by status',
			[
				{ title: 'status', cell: ([status]) => foreign(status) },
				{ title: 'requests', numeric: true, cell: ([, count]) => formatCount(count) },
			],
			statuses.slice(0, MOST_LISTED),
		)}
		${drawTable(
			earlier > 0
				? `Requests by month, the last ${MOST_MONTHS} of ${allMonths.length}`
				: 'Requests by month',
			[
				{ title: 'trip starts', cell: (month) => foreign(month) },
				...groups.map((group) => ({
					title: group,
					numeric: true,
					cell: (month: string) => formatCount(cell(month, group)),
				})),
				{ title: 'all', numeric: true, cell: (month) => formatCount(byMonth.get(month)) },
			],
			[...months].reverse(),
		)}`;
}

function sumBy(
	counts: readonly RequestCount[],
	key: (count: RequestCount) => string,
): Map<string, number> {
	const sums = new Map<string, number>();
	for (const each of counts) sums.set(key(each), (sums.get(key(each)) ?? 0) + each.requests);
	return sums;
}

function sumOf(counts: readonly RequestCount[]): number {
	return counts.reduce((sum, { requests }) => sum + requests, 0);
}
