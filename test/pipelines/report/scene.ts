import { join } from 'node:path';
import type { FakeConcur } from '../../../fake-concur';
import { buildReport } from '../../../pipelines/report/build-report';
import { countRequests } from '../../../pipelines/report/count-requests';
import type { ReportData } from '../../../pipelines/report/report-data';
import { createSink } from '../../../pipelines/sinks/create-sink';
import type { RunRecord, SinkInspection } from '../../../pipelines/sinks/sink';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { readPage, type PageNode } from './read-page';

export const HOUR = 3_600_000;

/** A text that would be a picture and a script on a careless page. */
export const HOSTILE = `</td></table><img src=x onerror="alert('1')"><script>alert(2)</script>&amp;`;

export interface Scene {
	readonly fake: FakeConcur;
	readonly to: string;
}

/** A target with a first run, one under faults, and one that could not read two records. */
export async function makeTarget(kind: 'sqlite' | 'csv' | 'parquet'): Promise<Scene> {
	const fake = await startFake({ requests: 60 });
	const to = `${kind}:${join(makeWorkspace('report'), 'target')}`;
	const run = async () => {
		fake.clock.advance(HOUR);
		await exportOnce(fake, createSink(to), { detail: 'full' });
	};
	await run();
	fake.world.schedule({ edits: 9, creates: 4, deletes: 0 });
	fake.faults.set(
		{ kind: 'rateLimit', probability: 0.2, retryAfter: 0 },
		{ kind: 'serverError', probability: 0.1 },
	);
	await run();
	fake.faults.clear();
	for (const id of fake.world.requests().slice(0, 2)) {
		fake.world.edit(id, { name: HOSTILE });
		fake.faults.poison.add(id);
	}
	await run();
	return { fake, to };
}

export async function inspect(to: string): Promise<SinkInspection> {
	const inspection = await createSink(to).inspect();
	if (!inspection) throw new Error(`${to} is not there.`);
	return inspection;
}

/** The report of a target as the command makes it, parsed. */
export async function reportOn(to: string): Promise<{ page: PageNode; text: string }> {
	const { target, appendOnly } = createSink(to);
	const text = buildReport({
		...{ target, appendOnly, generatedAt: new Date() },
		inspection: await inspect(to),
		requests: await countRequests(to),
	});
	return { page: readPage(text), text };
}

/** The report of what no real target can be brought to hold. */
export function reportOnData(data: Partial<ReportData>): { page: PageNode; text: string } {
	const text = buildReport({
		target: 'sqlite:target.db',
		appendOnly: false,
		generatedAt: new Date('2026-11-21T12:00:00Z'),
		inspection: { partitions: [], runs: [], facts: {}, rows: {} },
		requests: [],
		...data,
	});
	return { page: readPage(text), text };
}

export function runRecord(summary: RunRecord['summary'], runId = 'run-1'): RunRecord {
	return {
		runId,
		startedAt: '2026-11-21T10:00:00.000Z',
		finishedAt: '2026-11-21T10:00:05.000Z',
		status: 'complete',
		summary,
	};
}
