import { join } from 'node:path';
import type { Fault, FakeConcur } from '../../../fake-concur';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { compareWithWorld, NO_DIFFERENCE } from '../../support/compare-with-world';
import { exportOnce, HASTY_RETRY } from '../../support/export-once';
import { readSqlite, type TargetRow } from '../../support/read-target';
import { startFake } from '../../support/start-fake';
import { TEST_SEED } from '../../support/seed';
import { makeWorkspace } from '../../support/workspace';

const HOUR = 3_600_000;
const WORLD = { seed: TEST_SEED, requests: 160, now: new Date('2026-06-01T00:00:00Z') };

/** Each row of what may go wrong; the rarer ones cost a time-out each. */
const FAULTS: readonly { name: string; faults: readonly Fault[] }[] = [
	{ name: '429 with Retry-After in seconds', faults: [{ kind: 'rateLimit', retryAfter: 1 }] },
	{ name: '429 with Retry-After 0', faults: [{ kind: 'rateLimit', retryAfter: 0 }] },
	{ name: '429 with Retry-After as a date', faults: [{ kind: 'rateLimit', retryAfter: 'date' }] },
	{ name: '429 without Retry-After', faults: [{ kind: 'rateLimit', retryAfter: 'none' }] },
	{ name: '500 from a gateway', faults: [{ kind: 'serverError', status: 500 }] },
	{ name: '502', faults: [{ kind: 'serverError', status: 502 }] },
	{ name: '504', faults: [{ kind: 'serverError', status: 504 }] },
	{ name: '500 with a Concur error', faults: [{ kind: 'internalServerError' }] },
	{ name: '503 circuitBreaker', faults: [{ kind: 'unavailable', code: 'circuitBreaker' }] },
	{ name: '503 entityOffline', faults: [{ kind: 'unavailable', code: 'entityOffline' }] },
	{ name: '408', faults: [{ kind: 'timeOut' }] },
	{ name: 'a reset before the work', faults: [{ kind: 'resetBefore' }] },
	{ name: 'a reset after the work', faults: [{ kind: 'resetAfter' }] },
	{ name: 'headers that never come', faults: [{ kind: 'stallHeaders', probability: 0.02 }] },
	{ name: 'a body that stops coming', faults: [{ kind: 'stallBody', probability: 0.02 }] },
	{ name: 'a truncated body', faults: [{ kind: 'truncatedBody' }] },
	{ name: 'a body shorter than announced', faults: [{ kind: 'shortBody' }] },
	{ name: 'an HTML page with status 200', faults: [{ kind: 'htmlBody' }] },
	{ name: 'tokens that die early', faults: [{ kind: 'expiredToken' }] },
	{ name: 'errors that repeat the token', faults: [{ kind: 'echoToken' }] },
	{
		name: 'failures of the token service',
		faults: [{ kind: 'serverError', scope: 'token', probability: 0.5 }, { kind: 'expiredToken' }],
	},
	{
		name: 'all of them mixed',
		faults: (
			[
				'rateLimit',
				'serverError',
				'unavailable',
				'timeOut',
				'resetBefore',
				'resetAfter',
				'truncatedBody',
				'shortBody',
				'htmlBody',
				'expiredToken',
				'echoToken',
			] as const
		).map((kind) => ({
			kind,
			probability: 0.02,
			// Only a call that carries a token can be told that it expired.
			scope: kind === 'expiredToken' ? 'api' : 'both',
		})),
	},
];

async function startWorld(): Promise<FakeConcur> {
	const fake = await startFake(WORLD);
	fake.clock.advance(HOUR);
	return fake;
}

async function exportWith(fake: FakeConcur): Promise<{ rows: TargetRow[]; retries: number }> {
	const file = join(makeWorkspace('faults'), 'target.db');
	const summary = await exportOnce(fake, createSqliteSink(file), {
		concurrency: 8,
		client: { timeouts: { headersMs: 150, bodyMs: 150 } },
	});
	expect(summary).toMatchObject({ status: 'complete', errors: [] });
	expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
	const rows = readSqlite(file).map(
		({ _run_id, _extracted_at, _fingerprint, ...content }) => content,
	);
	return { rows, retries: summary.retries };
}

describe('An export through faults', () => {
	let faultless: TargetRow[];

	beforeAll(async () => {
		faultless = (await exportWith(await startWorld())).rows.sort(byId);
	});

	it.each(FAULTS)('equals the one without: $name', async ({ faults }) => {
		const fake = await startWorld();
		fake.faults.set(...faults.map((fault) => ({ probability: 0.2, ...fault })));
		const { rows } = await exportWith(fake);
		for (const { kind } of faults) expect(fake.faults.struck(kind)).toBeGreaterThan(0);
		expect(rows.sort(byId).map(withoutPorts)).toEqual(faultless.map(withoutPorts));
	});

	it('follows the account when it moves to another data centre in the middle', async () => {
		const fake = await startWorld();
		fake.faults.set({ kind: 'expiredToken', calls: [40] });
		fake.faults.moved = true;
		await exportWith(fake);
		expect(fake.calls.some(({ host, path }) => host === 'moved' && path.includes('requests'))).toBe(
			true,
		);
	});

	it('buries a record that cannot be read, keeps its window open, and reads it when it can', async () => {
		const fake = await startWorld();
		const [poisoned = ''] = fake.world.requests();
		fake.faults.poison.add(poisoned);
		const file = join(makeWorkspace('faults'), 'target.db');
		const sink = createSqliteSink(file);

		const first = await exportOnce(fake, sink);
		expect(first).toMatchObject({ status: 'incomplete', deadLetters: 1 });
		expect(first.windows.open).toBe(1);
		const others = fake.world.requests().filter((id) => id !== poisoned);
		expect(compareWithWorld(fake, file, 'request', others)).toEqual(NO_DIFFERENCE);
		const buried = (await sink.inspect())?.partitions[0]?.deadLetters ?? [];
		expect(buried).toMatchObject([{ recordId: poisoned, code: 'CONCUR_UNAVAILABLE' }]);
		expect(buried[0]?.correlationId).toMatch(/^[0-9a-f-]{36}$/i);

		fake.faults.clear();
		const second = await exportOnce(fake, sink);
		expect(second).toMatchObject({ status: 'complete', deadLetters: 0 });
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
		expect((await sink.inspect())?.partitions[0]?.deadLetters).toEqual([]);
	});

	it('buries a record once, however many windows list it', async () => {
		const fake = await startWorld();
		const crowd = fake.world.crowdSecond(150, new Date('2026-05-01T00:00:00Z'));
		const [poisoned = ''] = crowd;
		fake.faults.poison.add(poisoned);
		const sink = createSqliteSink(join(makeWorkspace('faults'), 'target.db'));
		const summary = await exportOnce(fake, sink);
		expect(summary).toMatchObject({ status: 'incomplete', deadLetters: 1 });
		expect(summary.windows.open).toBeGreaterThan(1);
		const buried = (await sink.inspect())?.partitions[0]?.deadLetters ?? [];
		expect(buried.map(({ recordId }) => recordId)).toEqual([poisoned]);
	});

	it.each(['was deleted', 'is read in more detail'])(
		'forgets a dead letter when its record %s',
		async (what) => {
			const fake = await startWorld();
			const [poisoned = ''] = fake.world.requests();
			fake.faults.poison.add(poisoned);
			const sink = createSqliteSink(join(makeWorkspace('faults'), 'target.db'));
			expect((await exportOnce(fake, sink)).deadLetters).toBe(1);
			fake.faults.clear();
			const deleted = what === 'was deleted';
			if (deleted) fake.world.delete(poisoned);
			const summary = await exportOnce(fake, sink, { detail: deleted ? 'request' : 'full' });
			expect(summary).toMatchObject({ status: 'complete', deadLetters: 0 });
			expect((await sink.inspect())?.partitions[0]?.deadLetters).toEqual([]);
		},
	);

	it('reads older gaps also when the newest window cannot be listed', async () => {
		const fake = await startWorld();
		const age = (id: string): number => fake.world.modifiedAt(id) ?? 0;
		const [poisoned = ''] = fake.world.requests().sort((a, b) => age(a) - age(b));
		fake.faults.poison.add(poisoned);
		const file = join(makeWorkspace('faults'), 'target.db');
		const sink = createSqliteSink(file);
		await exportOnce(fake, sink);
		fake.faults.clear();
		fake.clock.advance(HOUR);
		const attempts = Array.from({ length: HASTY_RETRY.attempts }, (_, index) => index + 1);
		fake.faults.set({ kind: 'serverError', path: '/requests$', calls: attempts });
		const summary = await exportOnce(fake, sink, { concurrency: 1 });
		expect(summary).toMatchObject({ status: 'incomplete', deadLetters: 0, windows: { open: 1 } });
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
		expect((await exportOnce(fake, sink)).status).toBe('complete');
	});

	it('marks a request deleted that is gone between its listing and its reading', async () => {
		const fake = await startWorld();
		const file = join(makeWorkspace('faults'), 'target.db');
		const sink = createSqliteSink(file);
		await exportOnce(fake, sink);
		const [gone = ''] = fake.world.requests();
		fake.world.edit(gone, { name: 'about to go' });
		fake.faults.vanishing.add(gone);
		fake.clock.advance(HOUR);
		const summary = await exportOnce(fake, sink);
		expect(summary).toMatchObject({ status: 'complete', deadLetters: 0 });
		expect(summary.tables['travel_requests']?.deleted).toBe(1);
		const row = readSqlite(file).find(({ id }) => id === gone);
		expect(row?.['_deleted_at']).toMatch(/^2026-/);
	});

	it('ends as failed, and keeps the target usable, when Concur answers nothing but errors', async () => {
		const fake = await startWorld();
		fake.faults.set({ kind: 'serverError', path: '/travelrequest/' });
		const file = join(makeWorkspace('faults'), 'target.db');
		const sink = createSqliteSink(file);
		const failed = await exportOnce(fake, sink);
		expect(failed.status).toBe('failed');
		expect(failed.errors[0]).toMatchObject({ code: 'CONCUR_UNAVAILABLE' });
		fake.faults.clear();
		expect((await exportOnce(fake, sink)).status).toBe('complete');
		expect(compareWithWorld(fake, file)).toEqual(NO_DIFFERENCE);
	});

	it('reads an answer of unbounded size piece by piece, and refuses it past the limit', async () => {
		const fake = await startWorld();
		const [huge = '', hopeless = ''] = fake.world.requests();
		fake.faults.huge.set(huge, 6);
		fake.faults.huge.set(hopeless, 64);
		const file = join(makeWorkspace('faults'), 'target.db');
		const summary = await exportOnce(fake, createSqliteSink(file), {
			client: { timeouts: { headersMs: 5000, bodyMs: 5000 } },
		});
		expect(summary).toMatchObject({ status: 'incomplete', deadLetters: 1 });
		const ids = readSqlite(file).map(({ id }) => id);
		expect(ids).toContain(huge);
		expect(ids).not.toContain(hopeless);
	});
});

function byId(a: TargetRow, b: TargetRow): number {
	return String(a['id']) < String(b['id']) ? -1 : 1;
}

/** Each fake listens elsewhere, and its links say where. */
function withoutPorts(row: TargetRow): unknown {
	return JSON.parse(JSON.stringify(row).replace(/127\.0\.0\.1:\d+/g, 'fake'));
}
