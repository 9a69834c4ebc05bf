import { hash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import type { Sink } from '../../../pipelines/sinks/sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { makeWorkspace } from '../../support/workspace';
import { describePostgres } from './postgres-scene';
import { readRows } from './read-csv';
import { readParquet } from './read-parquet';
import { execute, query } from './read-sqlite';

const fixtures = resolve(__dirname, '../../fixtures/layout-1');

/** A target that keeps state, of whatever kind. */
export interface AnyTarget {
	readonly sink: Sink;
	/** Puts there what the package's first layout was; the target must be new. */
	makeOld(): Promise<void>;
	/** Puts there what a much newer version of the package would leave; the target must be there. */
	makeNewer(): Promise<void>;
	/** All that is there, to see whether it changes. */
	snapshot(): Promise<unknown>;
	/** The names of all requests, in their order; journals have a name for every change. */
	names(): Promise<(string | null)[]>;
	/** What stands in a column of the requests, as text or as it is, nothing where nothing does. */
	column(name: string): Promise<unknown[]>;
}

/** Runs the same tests on every kind of target that keeps state. */
export function describeTargets(name: string, body: (newTarget: () => AnyTarget) => void): void {
	describe(`${name}: SQLite`, () => body(newSqlite));
	describePostgres(`${name}: PostgreSQL`, (scene) => {
		body(() => {
			const { sink, query: ask, execute: change } = scene().newTarget();
			const tablesOf = `SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)::text AS columns
				FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
				WHERE c.relnamespace = '{}'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
				GROUP BY c.relname ORDER BY c.relname`;
			return {
				sink,
				makeOld: () => change(readFixture('postgres.sql')),
				makeNewer: () =>
					change(`UPDATE {}._sap_concur_meta SET value = '99' WHERE name = 'layout'`),
				snapshot: async () => {
					const tables = await ask(tablesOf);
					const rows = [];
					for (const { relname } of tables)
						rows.push(await ask(`SELECT t::text FROM {}.${String(relname)} AS t ORDER BY 1`));
					return { tables, rows };
				},
				names: async () =>
					(await ask('SELECT name FROM {}.travel_requests ORDER BY name')).map(
						(row) => row['name'] ?? null,
					),
				column: async (name) =>
					(await ask(`SELECT ${name} AS cell FROM {}.travel_requests`)).map(({ cell }) => cell),
			};
		});
	});
	describe(`${name}: CSV`, () =>
		body(() =>
			newFolder('csv', createCsvSink, async (directory, column) =>
				readRows(directory).map((row) => row[column]),
			),
		));
	describe(`${name}: Parquet`, () =>
		body(() =>
			newFolder('parquet', createParquetSink, async (directory, column) =>
				(await readParquet(directory)).map((row) => row[column]),
			),
		));
}

function newSqlite(): AnyTarget {
	const directory = makeWorkspace('any-sqlite');
	const file = join(directory, 'target.db');
	return {
		sink: createSqliteSink(file),
		// As the sink does, for a file is not the same in this mode.
		makeOld: async () => execute(file, `PRAGMA journal_mode = WAL; ${readFixture('sqlite.sql')}`),
		makeNewer: async () => execute(file, 'PRAGMA user_version = 99'),
		snapshot: async () => hashFiles(directory),
		names: async () =>
			query(file, 'SELECT name FROM travel_requests ORDER BY name').map(({ name }) =>
				typeof name === 'string' ? name : null,
			),
		column: async (name) =>
			query(file, `SELECT ${name} AS cell FROM travel_requests`).map(({ cell }) => cell),
	};
}

function newFolder(
	kind: string,
	create: (directory: string) => Sink,
	readColumn: (directory: string, column: string) => Promise<unknown[]>,
): AnyTarget {
	const directory = join(makeWorkspace(`any-${kind}`), 'out');
	return {
		sink: create(directory),
		makeOld: async () => cpSync(join(fixtures, kind), directory, { recursive: true }),
		makeNewer: async () => {
			const [newest = ''] = readdirSync(directory)
				.filter((name) => name.startsWith('run='))
				.sort()
				.reverse();
			const copy = join(directory, 'run=20990101T000000000Z-0000');
			cpSync(join(directory, newest), copy, { recursive: true });
			writeFileSync(
				join(copy, '_manifest.json'),
				`{"format":"sap-concur-export/${kind}","version":99,"unheard":"of"}`,
			);
		},
		snapshot: async () => hashFiles(directory),
		names: async () =>
			(await readColumn(directory, 'name'))
				.map((name) => (typeof name === 'string' ? name : null))
				.sort(),
		column: (name) => readColumn(directory, name),
	};
}

function readFixture(name: string): string {
	return readFileSync(join(fixtures, name), 'utf8');
}

/** The state that a loader had from the first layout. */
export function readOldState(): unknown {
	return JSON.parse(readFixture('singer-state.json'));
}

/** Every file below a directory, by its content. */
function hashFiles(directory: string): Record<string, string> {
	const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
		.filter((name) => statSync(join(directory, name)).isFile())
		// Whoever reads a SQLite file leaves an index of its log beside it, and the log, empty.
		.filter((name) => !/-shm$/.test(name) && statSync(join(directory, name)).size > 0)
		.sort();
	return Object.fromEntries(
		files.map((name) => [name, hash('sha256', readFileSync(join(directory, name)))]),
	);
}
