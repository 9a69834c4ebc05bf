import { join } from 'node:path';
import type { FakeConcur, Quirks } from '../../../fake-concur';
import { Random } from '../../../fake-concur/random';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { compareWithWorld, NO_DIFFERENCE } from '../../support/compare-with-world';
import { countListCalls, exportOnce } from '../../support/export-once';
import { latestById, readCsv, readSqlite } from '../../support/read-target';
import { TEST_SEED } from '../../support/seed';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function makeTarget() {
	const file = join(makeWorkspace('windows'), 'target.db');
	return { file, sink: createSqliteSink(file) };
}

/** A world whose newest change is older than any settle lag or overlap. */
async function startQuietWorld(options: Parameters<typeof startFake>[0]): Promise<FakeConcur> {
	const fake = await startFake(options);
	fake.clock.advance(HOUR);
	return fake;
}

describe('Windows', () => {
	it.each(['inclusive', 'exclusive'] as const)(
		'bring more requests of one second than a page holds (bounds %s)',
		async (inclusivity) => {
			const fake = await startQuietWorld({ requests: 50, inclusivity });
			const second = new Date(fake.clock.now().getTime() - 24 * HOUR);
			fake.world.crowdSecond(1000, second);
			const { file, sink } = makeTarget();
			const summary = await exportOnce(fake, sink, { detail: 'list' });
			expect(summary.status).toBe('complete');
			expect(compareWithWorld(fake, file, 'listItem')).toEqual(NO_DIFFERENCE);
		},
	);

	it('bring a crowded second completely while its requests are being edited', async () => {
		const fake = await startQuietWorld({ requests: 10 });
		const crowd = fake.world.crowdSecond(600, new Date(fake.clock.now().getTime() - 24 * HOUR));
		const changes = fake.world.schedule({ edits: 3, deletes: 1, everyCalls: 1, times: 25 });
		const { file, sink } = makeTarget();
		const summary = await exportOnce(fake, sink, { detail: 'list' });
		expect(summary.status).toBe('complete');
		const untouched = crowd.filter((id) => !changes.touched.has(id));
		expect(untouched.length).toBeGreaterThan(400);
		expect(compareWithWorld(fake, file, 'listItem', untouched)).toEqual(NO_DIFFERENCE);
	});

	it('bring a crowded second that never stops changing, without beginning again', async () => {
		const fake = await startQuietWorld({ requests: 10 });
		const crowd = fake.world.crowdSecond(3000, new Date(fake.clock.now().getTime() - 24 * HOUR));
		const changes = fake.world.schedule({ edits: 4, everyCalls: 1 });
		const { file, sink } = makeTarget();
		fake.calls.length = 0;
		const summary = await exportOnce(fake, sink, { detail: 'list' });
		changes.stop();
		expect(summary).toMatchObject({ status: 'complete', errors: [] });
		expect(countListCalls(fake)).toBeLessThan(2 * (3000 / 95) + 150);
		const untouched = crowd.filter((id) => !changes.touched.has(id));
		expect(untouched.length).toBeGreaterThan(2000);
		expect(compareWithWorld(fake, file, 'listItem', untouched)).toEqual(NO_DIFFERENCE);
		fake.clock.advance(HOUR);
		expect((await exportOnce(fake, sink, { detail: 'list' })).status).toBe('complete');
		expect(compareWithWorld(fake, file, 'listItem')).toEqual(NO_DIFFERENCE);
	});

	it.each<{ name: string; quirks: Partial<Quirks> }>([
		{ name: 'a full page has no next link', quirks: { dropNext: true } },
		{ name: 'pages have only first and last links', quirks: { listLinks: 'firstLast' } },
		{ name: 'pages have no links at all', quirks: { listLinks: 'none' } },
		{ name: 'a page holds fewer rows than asked for', quirks: { ignoreLimit: 30 } },
		{ name: 'an exactly full page has a next link', quirks: { nextAfterExactlyFullPage: true } },
		{ name: 'timestamps have no milliseconds', quirks: { timestamps: 'seconds' } },
	])('lose nothing where $name', async ({ quirks }) => {
		const fake = await startQuietWorld({ requests: 700 });
		Object.assign(fake.quirks, quirks);
		const { file, sink } = makeTarget();
		const summary = await exportOnce(fake, sink, { detail: 'list' });
		expect(summary.status).toBe('complete');
		expect(compareWithWorld(fake, file, 'listItem')).toEqual(NO_DIFFERENCE);
	});

	it('shrink until their answers are small enough to read', async () => {
		const fake = await startQuietWorld({ requests: 300 });
		const { file, sink } = makeTarget();
		const limits = { parseLimit: 8_000, maxBytes: 24_000 };
		const summary = await exportOnce(fake, sink, { detail: 'list', client: { limits } });
		expect(summary.status).toBe('complete');
		expect(compareWithWorld(fake, file, 'listItem')).toEqual(NO_DIFFERENCE);
	});

	it('reach back over the overlap for requests that Concur shows late', async () => {
		const fake = await startQuietWorld({ requests: 50 });
		const { file, sink } = makeTarget();
		fake.quirks.visibilityDelayMs = 5 * MINUTE;
		const late = fake.world.randomCreate(new Random(TEST_SEED, 1));
		fake.clock.advance(MINUTE);
		await exportOnce(fake, sink);
		expect(latestById(readSqlite(file)).has(late)).toBe(false);
		fake.clock.advance(15 * MINUTE);
		await exportOnce(fake, sink);
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
	});

	it('honour --from and --until, and later fill what they left out', async () => {
		const fake = await startQuietWorld({ requests: 300, spanDays: 100 });
		const now = Math.floor(fake.clock.now().getTime() / 1000);
		const span = { from: now - 40 * 86_400, until: now - 20 * 86_400 };
		const { file, sink } = makeTarget();
		const first = await exportOnce(fake, sink, { span });
		expect(first.watermark).toBe(new Date(span.until * 1000).toISOString());
		const inSpan = (id: string): boolean => {
			const second = Math.floor((fake.world.modifiedAt(id) ?? 0) / 1000);
			return second >= span.from && second <= span.until;
		};
		expect(compareWithWorld(fake, file, 'request', fake.world.requests().filter(inSpan))).toEqual(
			NO_DIFFERENCE,
		);
		const margin = (id: string): boolean => {
			const second = Math.floor((fake.world.modifiedAt(id) ?? 0) / 1000);
			return second >= span.from - 1 && second <= span.until + 1;
		};
		expect(readSqlite(file).every(({ id }) => margin(String(id)))).toBe(true);
		await exportOnce(fake, sink, { span: { from: 0, until: undefined } });
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
	});
});

describe('A run with nothing new', () => {
	it.each(['list', 'request', 'full'] as const)(
		'makes at most two list calls and writes no row (--detail %s)',
		async (detail) => {
			const fake = await startQuietWorld({ requests: 400 });
			const { file, sink } = makeTarget();
			await exportOnce(fake, sink, { detail });
			const before = readSqlite(file);
			for (const pause of [0, MINUTE, 5 * MINUTE, HOUR, 22 * HOUR]) {
				fake.clock.advance(pause);
				fake.calls.length = 0;
				const summary = await exportOnce(fake, sink, { detail });
				expect(countListCalls(fake)).toBeLessThanOrEqual(2);
				expect(summary.status).toBe('complete');
				expect(summary.tables['travel_requests']?.inserted ?? 0).toBe(0);
				expect(summary.tables['travel_requests']?.updated ?? 0).toBe(0);
			}
			expect(readSqlite(file)).toEqual(before);
		},
	);

	it('makes at most two list calls right after hundreds of changes', async () => {
		const fake = await startQuietWorld({ requests: 400 });
		const { sink } = makeTarget();
		await exportOnce(fake, sink, { detail: 'list' });
		fake.world.schedule({ edits: 250, creates: 50, deletes: 0 });
		fake.clock.advance(MINUTE);
		await exportOnce(fake, sink, { detail: 'list' });
		fake.clock.advance(MINUTE);
		fake.calls.length = 0;
		const summary = await exportOnce(fake, sink, { detail: 'list' });
		expect(countListCalls(fake)).toBeLessThanOrEqual(2);
		expect(summary.tables['travel_requests']?.inserted ?? 0).toBe(0);
	});

	it('writes no CSV row and leaves no litter behind', async () => {
		const fake = await startQuietWorld({ requests: 250 });
		const directory = join(makeWorkspace('windows-csv'), 'out');
		const sink = createCsvSink(directory);
		await exportOnce(fake, sink);
		const before = readCsv(directory);
		for (let hour = 0; hour < 5; hour++) {
			fake.clock.advance(HOUR);
			await exportOnce(fake, sink);
		}
		expect(readCsv(directory)).toEqual(before);
		expect((await sink.inspect())?.runs).toHaveLength(6);
	});
});

describe('Detail', () => {
	it('is read again when it is raised, and refused when it is lowered', async () => {
		const fake = await startQuietWorld({ requests: 120 });
		const { file, sink } = makeTarget();
		await exportOnce(fake, sink, { detail: 'list' });
		expect(readSqlite(file).every((row) => row['last_modified'] === null)).toBe(true);
		await exportOnce(fake, sink, { detail: 'request' });
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
		const stored = readSqlite(file);
		await expect(exportOnce(fake, sink, { detail: 'list' })).rejects.toThrow(
			'was filled with --detail request',
		);
		expect(readSqlite(file)).toEqual(stored);
	});
});
