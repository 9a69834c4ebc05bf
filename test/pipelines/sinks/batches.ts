import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../concur/json';
import type {
	Batch,
	Counts,
	ExtractedRecord,
	Partition,
	RunRecord,
	Sink,
	SinkSession,
} from '../../../pipelines/sinks/sink';
import { buildRecord, deletedRecord, type RequestBundle } from '../../../pipelines/tables/flatten';
import type { Window } from '../../../pipelines/windows/window';

export const partition: Partition = { stream: 'travel-requests', user: 'u1', view: 'ALL' };
export const window: Window = { from: 1000, to: 1099 };
export const overlap = 60;
export const extractedAt = '2026-01-01T00:00:00.000Z';
export const none = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };

/** A directory that goes with the test. */
export function makeDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'sinks-'));
	afterAll(() => rmSync(directory, { recursive: true, force: true }));
	return directory;
}

export function record(bundle: RequestBundle, of: Window = window): ExtractedRecord {
	return buildRecord(bundle, of);
}

export function thin(id: string, more: JsonObject = {}, of: Window = window): ExtractedRecord {
	return record({ request: { id, ...more } }, of);
}

export function gone(id: string, at = '2026-01-02T00:00:00.000Z'): ExtractedRecord {
	return deletedRecord(id, window, at);
}

export function batch(records: readonly ExtractedRecord[], more: Partial<Batch> = {}): Batch {
	return {
		partition,
		detail: 'full',
		extractedAt,
		records,
		coverage: [{ ...window, listedAt: 1100 }],
		deadLetters: [],
		resolved: [],
		...more,
	};
}

export function runRecord(runId: string, more: Partial<RunRecord> = {}): RunRecord {
	return {
		runId,
		startedAt: extractedAt,
		finishedAt: extractedAt,
		status: 'complete',
		summary: { calls: 1 },
		...more,
	};
}

/** One run: opens, writes the batches, finishes. */
export async function run(sink: Sink, ...batches: readonly Batch[]): Promise<Counts[]> {
	const session = await sink.open({ overlap });
	const counts = await writeAll(session, batches);
	await session.finish(runRecord(session.runId));
	return counts;
}

export async function writeAll(session: SinkSession, batches: readonly Batch[]): Promise<Counts[]> {
	const counts: Counts[] = [];
	for (const one of batches) counts.push(await session.write(one));
	return counts;
}
