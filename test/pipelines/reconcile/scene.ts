import { join } from 'node:path';
import { createConcurClient, type ConcurClient } from '../../../concur/client';
import type { ConcurAnswer } from '../../../concur/exchange';
import { isJsonObject } from '../../../concur/json';
import type { FakeConcur } from '../../../fake-concur';
import { eachUser } from '../../../pipelines/cli/users';
import type { MaxMissing } from '../../../pipelines/reconcile/brake';
import { runReconcile } from '../../../pipelines/reconcile/run-reconcile';
import type { ReconcileSummary } from '../../../pipelines/reconcile/summary';
import type { Sink } from '../../../pipelines/sinks/sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { tables } from '../../../pipelines/tables/catalog';
import { HASTY_RETRY } from '../../support/export-once';
import { clockOf } from '../../support/follow-clock';
import { readPostgres, readSqlite } from '../../support/read-target';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from '../sinks/postgres-scene';

export type Row = Record<string, string | number | null>;

/** A target of a test, not made yet. */
export interface Place {
	readonly sink: Sink;
	rows(table?: string): Promise<Row[]>;
}

export function newSqlite(): Place {
	const file = join(makeWorkspace('reconcile'), 'target.db');
	return { sink: createSqliteSink(file), rows: async (table) => readSqlite(file, table) };
}

/** Runs tests on SQLite, and on PostgreSQL where there is one. */
export function describeTargets(name: string, body: (newPlace: () => Place) => void): void {
	describe(`${name}: SQLite`, () => body(newSqlite));
	describePostgres(`${name}: PostgreSQL`, (scene) =>
		body(() => {
			const { sink, url } = scene().newTarget();
			return { sink, rows: (table) => readPostgres(url, table) };
		}),
	);
}

/** Changes an answer on its way. */
export type Tamper = (path: string, answer: ConcurAnswer) => ConcurAnswer;

export interface ReconcileOnce {
	/** Undefined: the token's own; 'all': every user of the company. */
	readonly users?: readonly string[] | 'all';
	readonly tamper?: Tamper;
	readonly signal?: AbortSignal;
	readonly maxMissing?: MaxMissing;
}

/** For worlds that lose more than a reconcile takes for granted. */
export const ANY_SHARE: MaxMissing = { kind: 'share', share: 1 };

export async function reconcileOnce(
	fake: FakeConcur,
	sink: Sink,
	{ users = [], tamper, maxMissing, signal = new AbortController().signal }: ReconcileOnce = {},
): Promise<ReconcileSummary> {
	const { clientId, clientSecret } = fake.credentials;
	const real = createConcurClient({
		baseUrl: fake.baseUrl,
		credentials: { grantType: 'client_credentials', clientId, clientSecret },
		retry: HASTY_RETRY,
		clock: clockOf(fake),
		signal,
	});
	const client = tamper ? withTampering(real, tamper) : real;
	const choice = { listed: users === 'all' ? [] : users, all: users === 'all' };
	try {
		return await runReconcile({
			...{ client, sink, signal, users: eachUser(choice, client, signal) },
			...(maxMissing && { maxMissing }),
		});
	} finally {
		await client.close();
	}
}

function withTampering(client: ConcurClient, tamper: Tamper): ConcurClient {
	return {
		request: async (request) => tamper(request.path, await client.request(request)),
		stats: () => client.stats(),
		lastFailure: () => client.lastFailure(),
		warnings: () => client.warnings(),
		serverTime: client.serverTime,
		serverNow: () => client.serverNow(),
		owner: (signal) => client.owner(signal),
		redact: (text) => client.redact(text),
		close: () => client.close(),
	};
}

/** Lists that lack the given requests. */
export function hideFromLists(isHidden: (id: string) => boolean): Tamper {
	return (path, answer) => {
		const { data } = answer;
		if (!path.endsWith('/v4/requests') || !isJsonObject(data)) return answer;
		const items = Array.isArray(data['data']) ? data['data'] : [];
		const shown = items.filter((item) => !isJsonObject(item) || !isHidden(String(item['id'])));
		return { ...answer, data: { ...data, data: shown } };
	};
}

/** Lists without a row or a link. */
export const emptyLists: Tamper = (path, answer) =>
	path.endsWith('/v4/requests') ? { ...answer, data: { data: [], operations: [] } } : answer;

export async function livingIds(place: Place): Promise<string[]> {
	const rows = await place.rows();
	return rows.flatMap((row) => (row['_deleted_at'] === null ? [String(row['id'])] : [])).sort();
}

export async function deletedIds(place: Place): Promise<string[]> {
	const rows = await place.rows();
	return rows.flatMap((row) => (row['_deleted_at'] === null ? [] : [String(row['id'])])).sort();
}

/** The world's living requests in the order of `livingIds`. */
export function worldIds(fake: FakeConcur): string[] {
	return [...fake.world.requests()].sort();
}

/** Everything in the target, row by row, with the run that wrote it. */
export async function readAll(place: Place): Promise<string[]> {
	const all = await Promise.all(tables.map(({ name }) => place.rows(name)));
	return all
		.flat()
		.map((row) => JSON.stringify(row))
		.sort();
}

/** Child rows of a request, and whether they are marked as deleted. */
export async function childMarks(place: Place, id: string): Promise<boolean[]> {
	const children = tables.filter(({ parent }) => parent !== undefined);
	const rows = await Promise.all(children.map(({ name }) => place.rows(name)));
	return rows
		.flat()
		.filter((row) => row['travel_request_id'] === id)
		.map((row) => row['_deleted_at'] !== null);
}

/** Brings a deleted request back under its id; `index` is its place in the fake's ledger. */
export function revive(fake: FakeConcur, id: string, index: number): void {
	fake.world.ledger.mark(index, 'deleted', false);
	fake.world.edit(id, { name: 'back again' });
}
