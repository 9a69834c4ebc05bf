import { join } from 'node:path';
import type { ConcurClientOptions } from '../../../concur/client';
import type { FakeConcur } from '../../../fake-concur';
import { isObject } from '../../../fake-concur/json';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import type { PartitionState, Sink } from '../../../pipelines/sinks/sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { isOpenRequest } from '../../../pipelines/tables/open-requests';
import { HASTY_RETRY } from '../../support/export-once';
import { readCsv, readPostgres, readSqlite } from '../../support/read-target';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from '../sinks/postgres-scene';

/** A target of a test, not made yet. */
export interface Place {
	readonly sink: Sink;
	/** A journal shows every version, the newest last. */
	rows(table?: string): Promise<Readonly<Record<string, string | number | null>>[]>;
}

export function newSqlite(): Place {
	const file = join(makeWorkspace('extract'), 'target.db');
	return { sink: createSqliteSink(file), rows: async (table) => readSqlite(file, table) };
}

/** Of small parts, so that what is remembered has to be remembered across them. */
export function newCsv(): Place & { readonly directory: string } {
	const directory = join(makeWorkspace('extract'), 'out');
	return {
		directory,
		sink: createCsvSink(directory, { rollRows: 15 }),
		rows: async (table) => readCsv(directory, table),
	};
}

/** Runs tests on a searchable target and on a journal. */
export function describePlaces(name: string, body: (newPlace: () => Place) => void): void {
	describe(`${name}: SQLite`, () => body(newSqlite));
	describe(`${name}: CSV`, () => body(newCsv));
}

/** The same, and on PostgreSQL where there is one. */
export function describeAllPlaces(name: string, body: (newPlace: () => Place) => void): void {
	describePlaces(name, body);
	describePostgres(`${name}: PostgreSQL`, (scene) =>
		body(() => {
			const { sink, url } = scene().newTarget();
			return { sink, rows: (table) => readPostgres(url, table) };
		}),
	);
}

/** The state of the one partition of a target. */
export async function stateOf({ sink }: Place): Promise<PartitionState> {
	const [state] = (await sink.inspect())?.partitions ?? [];
	if (!state) throw new Error('The target has no partition.');
	return state;
}

/** Two attempts a call, so that they are easily counted. */
export const TWICE: Partial<ConcurClientOptions> = { retry: { ...HASTY_RETRY, attempts: 2 } };

/** A client that is stopped as soon as one of its calls has failed. */
export function stopAtFailure(): { client: Partial<ConcurClientOptions>; signal: AbortSignal } {
	const controller = new AbortController();
	const sleep = async (): Promise<void> => controller.abort();
	return { client: { retry: { ...HASTY_RETRY, sleep } }, signal: controller.signal };
}

/** The ids of the requests that are neither closed nor canceled. */
export function openRequests(fake: FakeConcur): string[] {
	return fake.world.requests().filter((id) => {
		const request = fake.world.truth(id)?.request ?? null;
		return isObject(request) && isOpenRequest(request);
	});
}

/** Which travel requests were asked for by id since the journal was emptied, call by call. */
export function readIds(fake: FakeConcur): string[] {
	return travelCalls(fake).flatMap((path) => /\/requests\/(\w+)$/.exec(path)?.[1] ?? []);
}

/** The paths of all calls but those for tokens. */
export function travelCalls(fake: FakeConcur): string[] {
	return fake.calls.map(({ path }) => path).filter((path) => path.startsWith('/travelrequest/'));
}
