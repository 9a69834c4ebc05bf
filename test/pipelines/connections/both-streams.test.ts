import { createConcurClient } from '../../../concur/client';
import { describeStatus } from '../../../pipelines/cli/describe-status';
import { buildReport } from '../../../pipelines/report/build-report';
import { runReconcile } from '../../../pipelines/reconcile/run-reconcile';
import { streamNames, type Sink, type SinkInspection } from '../../../pipelines/sinks/sink';
import { OVERLAP_SECONDS } from '../../../pipelines/windows/lags';
import { exportOnce } from '../../support/export-once';
import { drain, fileTarget, HOUR, nowOf, startQueue } from './scene';

async function inspect(sink: Sink): Promise<SinkInspection> {
	const found = await sink.inspect();
	if (!found) throw new Error('there is no target');
	return found;
}

test.each([
	[streamNames, ['requests', 'connectionrequests']],
	[[...streamNames].reverse(), ['connectionrequests', 'requests']],
])('%j are read in this order, in one run with one id and one entry', async (streams, order) => {
	const fake = await startQueue(12);
	const target = fileTarget('sqlite');
	const summary = await exportOnce(fake, target.open(), { streams, detail: 'list' });
	expect(summary.status).toBe('complete');
	expect(summary.watermark).not.toBeNull();
	expect(summary.tables).toMatchObject({
		travel_requests: { inserted: expect.any(Number) },
		connection_requests: { inserted: 12 },
	});
	const lists = fake.calls.map(({ path }) => path.split('/').at(-1) ?? '');
	expect([...new Set(lists.filter((name) => order.includes(name)))]).toEqual(order);
	const { runs } = await inspect(target.open());
	expect(runs.map(({ runId }) => runId)).toEqual([summary.runId]);
	for (const row of await target.rows()) expect(row['_run_id']).toBe(summary.runId);
});

test('travel requests alone are read unless told, and leave the queue and its state alone', async () => {
	const fake = await startQueue(3);
	const target = fileTarget('csv');
	await drain(fake, target.open());
	const seen = await target.state();
	fake.clock.advance(HOUR);
	const summary = await exportOnce(fake, target.open(), { detail: 'list' });
	expect(Object.keys(summary.tables)).toEqual(['travel_requests']);
	expect(await target.state()).toEqual(expect.arrayContaining([...seen]));
});

test('the queue says nothing about how much detail travel requests have', async () => {
	const fake = await startQueue(3);
	const target = fileTarget('sqlite');
	await drain(fake, target.open());
	await exportOnce(fake, target.open(), { detail: 'full' });
	expect(await drain(fake, target.open())).toMatchObject({ status: 'complete' });
	await expect(
		exportOnce(fake, target.open(), { detail: 'list', streams: streamNames }),
	).rejects.toMatchObject({ code: 'TARGET_HAS_MORE_DETAIL' });
	const queueOnly = fileTarget('sqlite');
	await drain(fake, queueOnly.open());
	expect(await exportOnce(fake, queueOnly.open(), { detail: 'list' })).toMatchObject({
		status: 'complete',
	});
});

test('reconcile passes the queue by, and needs an export of travel requests', async () => {
	const fake = await startQueue(3);
	const target = fileTarget('sqlite');
	await drain(fake, target.open());
	const { clientId, clientSecret } = fake.credentials;
	const reconcile = async () => {
		const client = createConcurClient({
			baseUrl: fake.baseUrl,
			credentials: { grantType: 'client_credentials', clientId, clientSecret },
		});
		const users = (async function* () {
			yield '';
		})();
		try {
			return await runReconcile({ client, sink: target.open(), users });
		} finally {
			await client.close();
		}
	};
	await expect(reconcile()).rejects.toMatchObject({ code: 'TARGET_NOTHING_EXPORTED' });
	await exportOnce(fake, target.open(), { detail: 'list' });
	for (const { id } of [...fake.connections.all]) fake.connections.remove(id);
	const [deleted = ''] = fake.world.requests();
	fake.world.delete(deleted);
	const summary = await reconcile();
	expect(summary.status).toBe('complete');
	expect(summary.tables).toMatchObject({ travel_requests: { deleted: 1 } });
	for (const row of await target.rows()) expect(row['_deleted_at']).toBeNull();
});

test('status and report show the queue as what it is', async () => {
	const fake = await startQueue(12);
	const target = fileTarget('sqlite');
	const at = nowOf(fake);
	await drain(fake, target.open());
	const inspection = await inspect(target.open());
	const status = describeStatus(inspection, 'here', false).join('\n');
	expect(status).toContain(`connection-requests: 12 seen, last at ${at}`);
	expect(status).not.toContain('nothing read yet');
	const page = buildReport({
		...{ target: 'here', appendOnly: false, generatedAt: new Date() },
		...{ inspection, requests: undefined },
	});
	expect(page).toContain('connection_requests');
	expect(page).not.toContain("the token's own user");
});

test('a reset of the queue forgets when its requests were seen, and no travel request', async () => {
	const fake = await startQueue(2);
	const target = fileTarget('sqlite');
	await exportOnce(fake, target.open(), { streams: streamNames, detail: 'list' });
	const session = await target.open().open({ overlap: OVERLAP_SECONDS });
	await session.reset(['connection-requests']);
	await session.abandon();
	expect((await target.state()).map(({ partition }) => partition.stream)).toEqual([
		'travel-requests',
	]);
	expect(await target.rows()).toHaveLength(2);
});
