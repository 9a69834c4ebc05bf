import { z } from 'zod';
import { formatCount, formatTime } from '../../../pipelines/report/format';
import { readSqlite } from '../../support/read-target';
import { findAll, readTable } from './read-page';
import { inspect, makeTarget, reportOn, type Scene } from './scene';

const ledger = z.object({
	calls: z.number(),
	tokenCalls: z.number(),
	retries: z.number(),
	windows: z.object({ closed: z.number(), open: z.number() }),
	deadLetters: z.number(),
	latency: z.object({ p50Ms: z.number(), p95Ms: z.number(), maxMs: z.number() }),
	failures: z.array(z.string()),
	versions: z.object({ package: z.string(), node: z.string() }),
	tables: z.record(
		z.object({ inserted: z.number(), updated: z.number(), deleted: z.number() }).passthrough(),
	),
});

let scene: Scene;
beforeAll(async () => {
	scene = await makeTarget('sqlite');
});

describe('The ledger of a run', () => {
	it('holds calls, token calls, retries, latency, versions, and where attempts failed', async () => {
		const { runs } = await inspect(scene.to);
		const [unreadable, faulty, first] = runs.map(({ summary }) => ledger.parse(summary));
		expect(first).toMatchObject({ tokenCalls: 1, retries: 0, failures: [] });
		expect(first?.versions).toEqual({
			package: expect.stringMatching(/^\d+\.\d+\.\d+/),
			node: process.versions.node,
		});
		expect(first?.latency.p50Ms).toBeGreaterThan(0);
		expect(first?.latency.maxMs).toBeGreaterThanOrEqual(first?.latency.p95Ms ?? Infinity);
		expect(faulty?.retries).toBeGreaterThan(0);
		expect(faulty?.failures.length).toBeGreaterThan(0);
		expect(faulty?.failures.length).toBeLessThanOrEqual(10);
		expect(unreadable?.deadLetters).toBe(2);
	});
});

describe('A report', () => {
	it('shows the numbers that the ledger has, run by run', async () => {
		const { page } = await reportOn(scene.to);
		const { runs, rows } = await inspect(scene.to);
		const parsed = runs.map((run) => ({ run, ...ledger.parse(run.summary) }));
		expect(readTable(page, 'The runs').map(({ run }) => run)).toEqual(
			runs.map(({ runId }) => runId),
		);
		expect(readTable(page, 'Calls by run')).toEqual(
			parsed.map(({ run, calls, tokenCalls, retries, latency }) => ({
				'run began': formatTime(run.startedAt),
				calls: formatCount(calls),
				'token calls': formatCount(tokenCalls),
				retries: formatCount(retries),
				throttled: expect.stringMatching(/ s$/),
				median: `${formatCount(latency.p50Ms)} ms`,
				'95 %': `${formatCount(latency.p95Ms)} ms`,
				slowest: `${formatCount(latency.maxMs)} ms`,
			})),
		);
		expect(readTable(page, 'Windows by run')).toMatchObject(
			parsed.map(({ windows, deadLetters }) => ({
				closed: String(windows.closed),
				'left open': String(windows.open),
				'dead letters': String(deadLetters),
			})),
		);
		const written = parsed.flatMap(({ tables }) =>
			Object.entries(tables).map(([table, { inserted, updated, deleted }]) => ({
				table,
				new: formatCount(inserted),
				changed: formatCount(updated),
				deleted: formatCount(deleted),
			})),
		);
		expect(readTable(page, 'Rows by run and table')).toMatchObject(
			written.filter((row) => [row.new, row.changed, row.deleted].some((count) => count !== '0')),
		);
		expect(readTable(page, 'Rows in the target')).toEqual(
			Object.entries(rows).map(([table, count]) => ({ table, rows: formatCount(count) })),
		);
	});

	it('names every dead letter with its error and its correlation id', async () => {
		const { page } = await reportOn(scene.to);
		const { partitions } = await inspect(scene.to);
		const letters = partitions.flatMap(({ deadLetters }) => deadLetters);
		expect(letters).toHaveLength(2);
		expect(readTable(page, 'Records that could not be read')).toMatchObject(
			letters.map(({ recordId, code, message, correlationId }) => ({
				record: recordId,
				code,
				'what happened': message,
				'correlation id': correlationId,
			})),
		);
	});

	it('counts the requests of the target by status and by month', async () => {
		const { page } = await reportOn(scene.to);
		const rows = readSqlite(scene.to.replace('sqlite:', ''));
		const living = rows.filter(({ _deleted_at }) => _deleted_at === null);
		const countBy = (key: (row: (typeof rows)[number]) => string): Map<string, number> =>
			living.reduce(
				(sums, row) => sums.set(key(row), (sums.get(key(row)) ?? 0) + 1),
				new Map<string, number>(),
			);
		const shown = readTable(page, 'Requests by status');
		expect(new Map(shown.map(({ status, requests }) => [status, Number(requests)]))).toEqual(
			countBy((row) => String(row['approval_status_name'])),
		);
		const months = countBy((row) => String(row['start_date'] ?? 'no date').slice(0, 7));
		for (const { 'trip starts': month = '', all } of readTable(page, 'Requests by month'))
			expect([month, Number(all)]).toEqual([month, months.get(month)]);
	});

	it('is one page that loads and runs nothing, with a name and words for every chart', async () => {
		const { page, text } = await reportOn(scene.to);
		for (const name of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'form', 'base'])
			expect(findAll(page, name)).toEqual([]);
		expect(text).not.toMatch(/https?:|url\(|@import|javascript:| on\w+=/i);
		const charts = findAll(page, 'svg');
		expect(charts.length).toBeGreaterThanOrEqual(7);
		const ids = new Map(
			['title', 'desc'].flatMap((name) =>
				findAll(page, name).map((node) => [node.attributes['id'], node.text]),
			),
		);
		for (const { attributes } of charts) {
			expect(attributes['role']).toBe('img');
			for (const id of attributes['aria-labelledby']?.split(' ') ?? ['none'])
				expect(ids.get(id)).toMatch(/\w/);
		}
		expect(findAll(page, 'th').every(({ attributes }) => attributes['scope'])).toBe(true);
		expect(findAll(page, 'html')[0]?.attributes['lang']).toBe('en');
	});

	it('of files says that requests are counted in SQL targets only', async () => {
		const { to } = await makeTarget('csv');
		const { page } = await reportOn(to);
		expect(page.text).toContain('Requests are counted in SQL targets only.');
		expect(Object.keys(readTable(page, 'Rows by run and table')[0] ?? {})).toContain(
			'new or changed',
		);
	});
});
