import { describeStatus } from '../../../pipelines/cli/describe-status';
import { describeSummary } from '../../../pipelines/cli/describe-summary';
import { toRunEntry } from '../../../pipelines/run/run-entry';
import type { RunSummary } from '../../../pipelines/run/summary';
import type { DeadLetter, PartitionState } from '../../../pipelines/sinks/sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { findAll, readTable } from '../report/read-page';
import { reportOnData, runRecord } from '../report/scene';

const pending: DeadLetter = {
	recordId: 'P1',
	window: { from: 0, to: 9 },
	code: 'CONCUR_TIMEOUT',
	message: 'too slow',
	correlationId: 'c-1',
	failedAt: '2026-11-21T10:00:00.000Z',
	attempts: 1,
};
const skipped: DeadLetter = {
	...pending,
	recordId: 'S1',
	attempts: 3,
	skippedAt: '2026-11-21T10:00:00.000Z',
};
const state: PartitionState = {
	partition: { stream: 'travel-requests', user: '', view: 'ALL' },
	detail: 'full',
	coverage: [],
	deadLetters: [skipped, pending],
};

describe('Records that could not be read', () => {
	it('stand apart in the status: pending ones first, then those let go, with their attempts', () => {
		const lines = describeStatus(
			{ partitions: [state], facts: {}, runs: [], rows: {} },
			'sqlite:x',
			false,
		);
		expect(lines.slice(2, 4)).toEqual([
			'    not readable: P1: too slow (correlation id c-1), 1 attempt',
			'    skipped: S1: too slow (correlation id c-1), 3 attempts',
		]);
	});

	it('stand in the report with their state and attempts', () => {
		const { page } = reportOnData({
			inspection: { partitions: [state], facts: {}, runs: [], rows: {} },
		});
		expect(readTable(page, 'Records that could not be read')).toMatchObject([
			{ record: 'S1', state: 'skipped 2026-11-21 10:00:00', attempts: '3' },
			{ record: 'P1', state: 'pending', attempts: '1' },
		]);
		const [tiles] = findAll(page, 'dl');
		expect(tiles?.text).toMatch(/Dead letters\s*1\s*records to be read first next time; 1 skipped/);
	});

	it('are counted apart in the summary', () => {
		const summary: RunSummary = {
			runId: 'run-1',
			status: 'complete',
			tables: {},
			...{ calls: 0, retries: 0, throttledMs: 0, durationMs: 0 },
			windows: { closed: 0, open: 0 },
			...{ since: null, watermark: null },
			deadLetters: 0,
			skipped: 2,
			drift: {},
			errors: [],
			warnings: [],
		};
		const text = describeSummary(summary, createSqliteSink('x.db')).join('\n');
		expect(text).toContain('skipped 2 records,');
		expect(text).not.toContain('could not be read\n');
	});

	it('were not counted apart by older versions', () => {
		expect(toRunEntry(runRecord({ deadLetters: 1 })).skipped).toBeUndefined();
		expect(toRunEntry(runRecord({ deadLetters: 1, skipped: 2 })).skipped).toBe(2);
	});
});
