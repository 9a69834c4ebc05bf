import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FakeConcur, FakeConcurOptions } from '../../../fake-concur';
import type { Transport } from '../../../concur/transport';
import { createUndiciTransport } from '../../../concur/undici-transport';
import { createSink } from '../../../pipelines/sinks/create-sink';
import type { PartitionState, Sink } from '../../../pipelines/sinks/sink';
import { selectAll } from '../../../pipelines/sinks/singer/selection';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { readState } from '../../../pipelines/sinks/singer/singer-state';
import type { RunSummary } from '../../../pipelines/run/summary';
import { exportOnce, type OnceOptions } from '../../support/export-once';
import { readCsv, readSqlite } from '../../support/read-target';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { readParquet } from '../sinks/read-parquet';
import type { PostgresPlace } from '../sinks/postgres-scene';
import { TapOutput } from '../sinks/singer-output';
import { SingerLoader } from '../sinks/singer-reader';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const TABLE = 'connection_requests';

/** A fake with so many requests in its queue, whose clock stands until it is moved. */
export async function startQueue(
	connectionRequests: number,
	options: FakeConcurOptions = {},
): Promise<FakeConcur> {
	const fake = await startFake({ requests: 5, connectionRequests, ...options });
	fake.clock.advance(HOUR);
	fake.clock.freeze();
	return fake;
}

/** One run of this stream alone. */
export function drain(fake: FakeConcur, sink: Sink, more: OnceOptions = {}): Promise<RunSummary> {
	return exportOnce(fake, sink, { streams: ['connection-requests'], ...more });
}

/** The fake's time as rows have it. */
export function nowOf(fake: FakeConcur): string {
	return `${fake.clock.now().toISOString().slice(0, 19)}.000Z`;
}

/** Paths and queries of the calls to the queue. */
export function queueCalls(fake: FakeConcur): string[] {
	return fake.calls
		.filter(({ path }) => path.includes('connectionrequests'))
		.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`);
}

/** A connection on which something happens after each answer of the queue, counted from 1. */
export function afterEachPage(happen: (page: number) => void): Transport {
	const inner = createUndiciTransport();
	let pages = 0;
	return {
		async send(request) {
			const response = await inner.send(request);
			if (/connectionrequests(\?|$)/.test(request.url)) happen(++pages);
			return response;
		},
		close: () => inner.close?.() ?? Promise.resolve(),
	};
}

export type SeenRow = Readonly<Record<string, string | number | boolean | null>>;

/** Where a test exports to, and how it reads that back. */
export interface Target {
	readonly kind: string;
	/** Whether it takes rows and never looks at old ones. */
	readonly isJournal: boolean;
	/** For one run. */
	open(): Sink;
	/** To be called once a run has ended. */
	close(): void;
	/** All rows, oldest first. */
	rows(): Promise<SeenRow[]>;
	/** All that it holds, as text. */
	text(): Promise<string>;
	state(): Promise<readonly PartitionState[]>;
}

export function fileTarget(kind: 'sqlite' | 'csv' | 'parquet'): Target {
	const place = join(makeWorkspace(`connections-${kind}`), kind === 'sqlite' ? 'target.db' : 'out');
	const open = (): Sink => createSink(`${kind}:${place}`);
	const rows = async (): Promise<SeenRow[]> =>
		kind === 'sqlite'
			? readSqlite(place, TABLE)
			: kind === 'csv'
				? readCsv(place, TABLE)
				: readParquet(place, TABLE);
	return {
		...{ kind, open, rows, close: () => undefined, isJournal: kind !== 'sqlite' },
		text: async () =>
			kind === 'sqlite'
				? readFileSync(place, 'latin1')
				: JSON.stringify([await rows(), await open().inspect()]),
		state: async () => (await open().inspect())?.partitions ?? [],
	};
}

export function postgresTarget({ sink, query }: PostgresPlace): Target {
	const time = (name: string): string =>
		`to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${name}`;
	return {
		...{ kind: 'postgres', isJournal: false, open: () => sink, close: () => undefined },
		rows: () =>
			query(
				`SELECT id, status, ${time('first_seen_at')}, ${time('last_seen_at')} FROM {}.${TABLE}`,
			),
		text: async () =>
			JSON.stringify([
				await query(`SELECT row_to_json(t)::text FROM {}.${TABLE} t`),
				await sink.inspect(),
			]),
		state: async () => (await sink.inspect())?.partitions ?? [],
	};
}

const RECORD_HEAD = `{"type":"RECORD","stream":"${TABLE}"`;
const RECORD = z.object({
	record: z.record(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Singer messages, and a loader that hands back their state. */
export function singerTarget(): Target {
	const loader = new SingerLoader();
	const rows: SeenRow[] = [];
	let output = new TapOutput();
	let text = '';
	const start = () => readState(loader.state, selectAll(), 'request');
	return {
		...{ kind: 'singer', isJournal: true },
		open() {
			output = new TapOutput();
			return createSingerSink({ output, selection: selectAll(), start: start() });
		},
		close() {
			text += output.text;
			loader.read(output.text);
			const lines = output.text.split('\n').filter((line) => line.startsWith(RECORD_HEAD));
			rows.push(...lines.map((line) => RECORD.parse(JSON.parse(line)).record));
		},
		rows: async () => rows,
		text: async () => text,
		state: async () => start().partitions,
	};
}
