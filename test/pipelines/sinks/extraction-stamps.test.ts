import { ExtractionStamps } from '../../../pipelines/sinks/extraction-stamps';
import { makeRunId } from '../../../pipelines/sinks/run-id';
import type { RunRecord } from '../../../pipelines/sinks/sink';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-21T12:00:00Z');

function setClock(ms: number): void {
	jest.spyOn(Date, 'now').mockReturnValue(ms);
}

afterEach(() => {
	jest.restoreAllMocks();
});

async function stampsOf(facts: Record<string, string>, runs: readonly RunRecord[] = []) {
	const session = { facts, runId: makeRunId(undefined, new Date(NOW - DAY)), partitions: [] };
	return ExtractionStamps.of(session, () => Promise.resolve(runs), {});
}

describe('Stamps of extraction', () => {
	it('are the time, and never the same twice', async () => {
		setClock(NOW);
		const stamps = await stampsOf({});
		expect(stamps.next().extractedAt).toBe('2026-11-21T12:00:00.000Z');
		expect(stamps.next().extractedAt).toBe('2026-11-21T12:00:00.001Z');
		setClock(NOW - DAY);
		expect(stamps.next().extractedAt).toBe('2026-11-21T12:00:00.002Z');
		setClock(NOW + 5);
		expect(stamps.next()).toEqual({
			extractedAt: '2026-11-21T12:00:00.005Z',
			facts: { extracted_at: '2026-11-21T12:00:00.005Z' },
		});
	});

	it('go on behind what the target last had, though the clock was a year ahead then', async () => {
		setClock(NOW);
		const stamps = await stampsOf({ extracted_at: '2027-11-21T12:00:00.000Z' });
		expect(stamps.next().extractedAt).toBe('2027-11-21T12:00:00.001Z');
	});

	it('go on behind the runs of a version that kept none', async () => {
		setClock(NOW);
		const run: RunRecord = {
			runId: 'r',
			startedAt: '2027-01-01T00:00:00.000Z',
			finishedAt: '2027-01-01T00:10:00.000Z',
			status: 'complete',
			summary: {},
		};
		const partition = { stream: 'travel-requests', user: '', view: 'ALL' } as const;
		const state = { partition, detail: 'request', coverage: [], deadLetters: [] } as const;
		const session = { facts: {}, runId: 'r', partitions: [state] };
		const stamps = await ExtractionStamps.of(session, () => Promise.resolve([run]), {});
		expect(stamps.next().extractedAt).toBe('2027-01-01T00:10:00.001Z');
	});
});
