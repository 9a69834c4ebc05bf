import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { z } from 'zod';
import { readPlain } from './read-plain';

export type TargetRow = Record<string, string | number | null>;

const ROWS = z.array(z.record(z.union([z.string(), z.number(), z.null()])));

/** All rows of a SQLite table. */
export function readSqlite(file: string, table = 'travel_requests'): TargetRow[] {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return ROWS.parse(database.prepare(`SELECT * FROM ${table}`).all());
	} finally {
		database.close();
	}
}

/** All rows of a CSV table over all runs, oldest run first: what a reader of `DIR/run=*` sees. */
export function readCsv(directory: string, table = 'travel_requests'): Record<string, string>[] {
	const runs = readdirSync(directory).filter((name) => name.startsWith('run='));
	return runs.sort().flatMap((run) =>
		readdirSync(join(directory, run))
			.filter((file) => file.startsWith(`${table}.csv`))
			.flatMap((file) => {
				const rows: unknown = parse(readPlain(join(directory, run, file)), { columns: true });
				return z.array(z.record(z.string())).parse(rows);
			}),
	);
}

export type SqlRow = Record<string, string | null>;

/**
 * Rows that a query finds in a PostgreSQL target, every value as the server writes it; `{}` in the
 * SQL stands for the target's schema.
 */
export async function queryPostgres(url: string, sql: string): Promise<SqlRow[]> {
	const server = new URL(url);
	const schema = server.searchParams.get('schema') ?? '';
	server.searchParams.delete('schema');
	const client = new Client({
		connectionString: server.href,
		types: { getTypeParser: () => (value: string) => value },
	});
	await client.connect();
	try {
		const { rows } = await client.query(sql.replaceAll('{}', schema));
		return z.array(z.record(z.string().nullable())).parse(rows);
	} finally {
		await client.end();
	}
}

/** All rows of a PostgreSQL table, every value as the server writes it. */
export function readPostgres(url: string, table = 'travel_requests'): Promise<SqlRow[]> {
	return queryPostgres(url, `SELECT * FROM {}.${table}`);
}

/** The newest row of every id. */
export function latestById<R extends { [column: string]: unknown }>(
	rows: readonly R[],
): Map<string, R> {
	return new Map(rows.map((row) => [String(row['id']), row]));
}
