import type { FakeConcur } from '../../../fake-concur';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { readState } from '../../../pipelines/sinks/singer/singer-state';
import { selectAll } from '../../../pipelines/sinks/singer/selection';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { batch, overlap, record, run } from './batches';
import { TapOutput } from './singer-output';
import { describeTargets, readOldState } from './target-kinds';

/** The second up to which the targets of the first layout have read everything. */
const READ_UP_TO = Date.parse('2026-01-10T00:59:29Z') / 1000;

/** The request whose detail Concur cannot answer, then and now. */
const UNREADABLE = '3EE32283FB9400ADC05B1D64C13FD126';

const partition = { stream: 'travel-requests', user: '', view: 'ALL' };
const window: unknown = expect.objectContaining({ from: 0, to: READ_UP_TO });
const letter: unknown = expect.objectContaining({
	recordId: UNREADABLE,
	code: 'CONCUR_UNAVAILABLE',
	failedAt: expect.stringMatching(/^2026-01-10T02:00:0/),
	attempts: 1,
});
/** One partition with nearly everything read, and one record that could not be. */
const oldState = [
	expect.objectContaining({
		partition,
		detail: 'full',
		coverage: [window],
		deadLetters: [letter],
	}),
];

/** The same Concur an hour after the old targets' last run: what they have, it does not list again. */
async function startLater(): Promise<FakeConcur> {
	const fake = await startFake({
		...{ seed: 2, requests: 0, documentedExamples: false, users: 1 },
		now: new Date('2026-01-10T03:00:00Z'),
	});
	fake.faults.poison.add(UNREADABLE);
	fake.world.create({ name: 'Third' });
	fake.clock.advance(3_600_000);
	return fake;
}

/** The earliest second that a window began with; a list in the order of ids is no window. */
function earliestListed(fake: FakeConcur): number {
	const asked = fake.calls
		.filter(({ path }) => path === '/travelrequest/v4/requests')
		.filter(({ query }) => query['sortField'] === undefined)
		.map(({ query }) => Date.parse(query['modifiedAfter'] ?? '1970-01-01T00:00:00Z') / 1000);
	return Math.min(...asked);
}

describeTargets('a target of the first layout', (newTarget) => {
	test('is read without being changed', async () => {
		const { sink, makeOld, snapshot } = newTarget();
		await makeOld();
		const before = await snapshot();
		const found = await sink.inspect();
		expect(found?.partitions).toEqual(oldState);
		expect(found?.runs.map(({ status }) => status)).toEqual(['incomplete', 'complete']);
		expect(found?.runs[0]).toMatchObject({
			startedAt: expect.stringMatching(/^2026-11-21T/),
			summary: { deadLetters: 1 },
		});
		expect(found?.rows).toMatchObject({ travel_requests: sink.appendOnly ? 3 : 2 });
		expect(await snapshot()).toEqual(before);
	});

	test('is opened with its dead letters, rows and runs', async () => {
		const { sink, makeOld, names } = newTarget();
		await makeOld();
		const before = await sink.inspect();
		const rows = await names();
		const session = await sink.open({ overlap });
		expect(session.partitions).toEqual(oldState);
		expect(session.runId > String(before?.runs[0]?.runId)).toBe(true);
		await session.abandon();
		const after = await sink.inspect();
		expect(after?.partitions).toEqual(before?.partitions);
		expect(after?.runs).toEqual(before?.runs);
		expect(after?.rows).toMatchObject(before?.rows ?? {});
		expect(await names()).toEqual(rows);
	});

	test('can keep a history from now on, unless it is one', async () => {
		const { sink, makeOld } = newTarget();
		await makeOld();
		if (sink.appendOnly) return;
		await (await sink.open({ overlap, history: true })).abandon();
		expect((await sink.inspect())?.rows).toMatchObject({
			travel_requests_history: 2,
			travel_request_comments_history: 1,
		});
	});

	test('gets the columns that later answers turned out to have', async () => {
		const { sink, makeOld, names, column } = newTarget();
		await makeOld();
		const rows = await names();
		const answer = {
			id: 'new',
			name: 'New',
			isUserReviewed: true,
			mainDestination: { lnKey: 30482 },
		};
		await run(sink, batch([record({ request: answer })]));
		expect(await names()).toEqual([...rows, 'New'].sort());
		expect((await column('is_user_reviewed')).filter(Boolean)).toHaveLength(1);
		expect((await column('main_destination_ln_key')).map(Number).filter(Boolean)).toEqual([30482]);
	});

	test('is continued from where it ended, and a second run finds nothing to do', async () => {
		const { sink, makeOld, names } = newTarget();
		await makeOld();
		const rows = await names();
		const fake = await startLater();
		const first = await exportOnce(fake, sink, { detail: 'full' });
		expect(first.tables['travel_requests']).toMatchObject({ inserted: 1, updated: 0 });
		expect(earliestListed(fake)).toBeGreaterThan(READ_UP_TO - 600 - 2);
		expect(await names()).toEqual([...rows, 'Third'].sort());
		const [state] = (await sink.inspect())?.partitions ?? [];
		expect(state?.deadLetters.map(({ recordId }) => recordId)).toEqual([UNREADABLE]);

		fake.calls.length = 0;
		const second = await exportOnce(fake, sink, { detail: 'full' });
		const written = Object.values(second.tables).map((counts) => ({ ...counts, unchanged: 0 }));
		for (const counts of written)
			expect(counts).toEqual({ inserted: 0, updated: 0, unchanged: 0, deleted: 0 });
		expect(earliestListed(fake)).toBeGreaterThanOrEqual(READ_UP_TO);
		expect((await sink.inspect())?.runs).toHaveLength(4);
	});
});

describe('a Singer STATE of the first layout', () => {
	const start = () => readState(readOldState(), selectAll(), 'full');

	test('is read with its dead letters', () => {
		expect(start().partitions).toEqual(oldState);
		expect(start().lastRunId).toMatch(/^20261121T/);
	});

	test('is continued from where it ended', async () => {
		const fake = await startLater();
		const output = new TapOutput();
		const sink = createSingerSink({ output, start: start() });
		const summary = await exportOnce(fake, sink, { detail: 'full' });
		expect(summary.tables['travel_requests']?.inserted).toBe(1);
		expect(earliestListed(fake)).toBeGreaterThan(READ_UP_TO - 600 - 2);
	});
});
