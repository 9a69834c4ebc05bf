import { z } from 'zod';
import { createConcurClient } from '../../../concur/client';
import type { FakeConcur } from '../../../fake-concur';
import { describeRuns } from '../../../pipelines/cli/describe-runs';
import { eachUser } from '../../../pipelines/cli/users';
import { runReconcile } from '../../../pipelines/reconcile/run-reconcile';
import { readVersions } from '../../../pipelines/run/versions';
import type { SinkInspection } from '../../../pipelines/sinks/sink';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { reportOnData } from '../report/scene';
import { describeTargets, reconcileOnce, type Place } from './scene';

const LEDGER = z.object({
	tokenCalls: z.number(),
	latency: z.object({ p50Ms: z.number(), p95Ms: z.number(), maxMs: z.number() }),
	failures: z.array(z.string().min(1)),
	versions: z.object({ package: z.string(), node: z.string() }),
});

describeTargets('What the ledger has of a reconcile', (newPlace) => {
	let fake: FakeConcur;
	let place: Place;

	beforeEach(async () => {
		fake = await startFake({ requests: 18, documentedExamples: false });
		fake.clock.advance(3_600_000);
		place = newPlace();
		await exportOnce(fake, place.sink);
		fake.calls.length = 0;
	});

	async function inspect(): Promise<SinkInspection> {
		const inspection = await place.sink.inspect();
		if (!inspection) throw new Error('the target is not there');
		return inspection;
	}

	it('is what it has of an export: calls, latency, failed attempts and versions', async () => {
		fake.faults.set({ kind: 'internalServerError', times: 2 });
		const summary = await reconcileOnce(fake, place.sink);
		expect(summary).toMatchObject({ status: 'complete', retries: 2 });
		const [newest, older] = (await inspect()).runs;
		expect(newest?.summary).toMatchObject({ ...summary });
		const { tokenCalls, failures, latency, versions } = LEDGER.parse(newest?.summary);
		expect(versions).toEqual(readVersions());
		expect(failures).toHaveLength(2);
		expect(latency.maxMs).toBeGreaterThanOrEqual(latency.p50Ms);
		const isToken = ({ path }: { path: string }) => path.includes('/oauth2/');
		expect(tokenCalls).toBe(fake.calls.filter(isToken).length);
		expect(summary.calls).toBe(fake.calls.filter((call) => !isToken(call)).length);
		const keysOf = (stored: unknown) => Object.keys(LEDGER.parse(stored));
		expect(keysOf(newest?.summary)).toEqual(keysOf(older?.summary));
	});

	it('is shown by status and by report', async () => {
		fake.faults.set({ kind: 'internalServerError', times: 1 });
		await reconcileOnce(fake, place.sink);
		const inspection = await inspect();
		const { latency, failures, versions, tokenCalls } = LEDGER.parse(inspection.runs[0]?.summary);
		const version = `${versions.package}, Node ${versions.node}`;
		const lines = describeRuns(inspection.runs, false);
		const [, head = '', line = ''] = lines;
		const titles = head.trim().split(/ {2,}/);
		const cells = line.trim().split(/ {2,}/);
		const shown = Object.fromEntries(titles.map((title, index) => [title, cells[index]]));
		expect(shown).toMatchObject({
			command: 'reconcile',
			token: String(tokenCalls),
			retries: '1',
			'p50/p95/max ms': `${latency.p50Ms}/${latency.p95Ms}/${latency.maxMs}`,
		});
		for (const text of [`version ${version}`, ...failures])
			expect(lines.join('\n')).toContain(text);
		const report = reportOnData({
			inspection: { ...inspection, runs: inspection.runs.slice(0, 1) },
		});
		expect(report.page.text).toContain(version);
		for (const id of failures) expect(report.page.text).toContain(id);
	});

	it('counts only what the reconcile itself did, not what its client did before', async () => {
		const { clientId, clientSecret } = fake.credentials;
		const client = createConcurClient({
			baseUrl: fake.baseUrl,
			credentials: { grantType: 'client_credentials', clientId, clientSecret },
		});
		const { signal } = new AbortController();
		const reconcile = () => {
			const users = eachUser({ listed: [], all: false }, client, signal);
			return runReconcile({ client, sink: place.sink, users });
		};
		try {
			const first = await reconcile();
			expect((await reconcile()).calls).toBe(first.calls);
		} finally {
			await client.close();
		}
		const [second, first] = (await inspect()).runs.map(({ summary }) => LEDGER.parse(summary));
		expect([first?.tokenCalls, second?.tokenCalls]).toEqual([1, 0]);
	});
});
