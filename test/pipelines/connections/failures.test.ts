import type { FaultKind } from '../../../fake-concur';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { ClosedOutput } from '../sinks/singer-output';
import { afterEachPage, drain, fileTarget, queueCalls, startQueue } from './scene';

const queue = 'connectionrequests';

test.each([
	['403', { kind: 'serverError', status: 403 }, 'CONCUR_FORBIDDEN'],
	['404', { kind: 'serverError', status: 404 }, 'CONCUR_NOT_FOUND'],
	['400', { kind: 'serverError', status: 400 }, 'CONCUR_BAD_REQUEST'],
	['a network that stays down', { kind: 'resetBefore' }, 'CONCUR_NETWORK'],
] as const)(
	'a queue that cannot be read (%s) fails a run of it alone',
	async (_what, fault, code) => {
		const fake = await startQueue(3);
		fake.faults.set({ ...fault, path: queue });
		const target = fileTarget('sqlite');
		const summary = await drain(fake, target.open());
		expect(summary).toMatchObject({ status: 'failed', errors: [{ code }], tables: {} });
		expect(summary.errors[0]?.advice).toMatch(/\w/);
		expect(await target.state()).toEqual([]);
	},
);

test.each([
	[['travel-requests', 'connection-requests'], queue, 'travel_requests'],
	[['connection-requests', 'travel-requests'], queue, 'travel_requests'],
	[['travel-requests', 'connection-requests'], 'travelrequest', 'connection_requests'],
] as const)(
	'of %j, the one that can be read is kept where %s fails',
	async (streams, path, kept) => {
		const fake = await startQueue(3);
		fake.faults.set({ kind: 'serverError', status: 403, path });
		const target = fileTarget('sqlite');
		const summary = await drain(fake, target.open(), { streams });
		expect(summary).toMatchObject({ status: 'incomplete', errors: [{ code: 'CONCUR_FORBIDDEN' }] });
		expect(Object.keys(summary.tables)).toEqual([kept]);
		fake.faults.clear();
		expect(await drain(fake, target.open(), { streams })).toMatchObject({ status: 'complete' });
	},
);

test('what was read before a failure is kept, and the next run goes on from it', async () => {
	const fake = await startQueue(40);
	const target = fileTarget('csv');
	fake.faults.set({ kind: 'resetBefore', path: queue, calls: range(3, 60) });
	const failed = await drain(fake, target.open());
	expect(failed).toMatchObject({ status: 'failed', errors: [{ code: 'CONCUR_NETWORK' }] });
	expect(failed.tables['connection_requests']).toMatchObject({ inserted: 19 });
	fake.faults.clear();
	fake.clock.advance(60_000);
	await drain(fake, target.open());
	const rows = await target.rows();
	expect(new Set(rows.map(({ id }) => id)).size).toBe(40);
	expect(new Set(rows.map((row) => row['first_seen_at'])).size).toBe(2);
});

test('what was read before the run was stopped is kept', async () => {
	const fake = await startQueue(40);
	const target = fileTarget('sqlite');
	const stop = new AbortController();
	const transport = afterEachPage((page) => {
		if (page === 3) stop.abort();
	});
	const summary = await drain(fake, target.open(), { signal: stop.signal, client: { transport } });
	expect(summary).toMatchObject({ status: 'interrupted', errors: [] });
	expect(await target.rows()).toHaveLength(19);
});

test('a target that takes nothing ends the run with its own error', async () => {
	const fake = await startQueue(3);
	const sink = createSingerSink({ output: new ClosedOutput() });
	await expect(drain(fake, sink)).rejects.toMatchObject({ code: 'TARGET_WRITE_FAILED' });
});

const passing: readonly FaultKind[] = [
	'rateLimit',
	'resetAfter',
	'truncatedBody',
	'expiredToken',
	'timeOut',
];

test.each(passing)('%s costs calls, and no request', async (kind) => {
	const fake = await startQueue(25);
	fake.faults.set({ kind, path: queue, calls: [1, 3], retryAfter: 0 });
	const target = fileTarget('sqlite');
	const summary = await drain(fake, target.open());
	expect(summary).toMatchObject({ status: 'complete', warnings: [] });
	expect(await target.rows()).toHaveLength(25);
	expect(queueCalls(fake)).toHaveLength(5);
});

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
