import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
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

/** The newest row of every id. */
export function latestById<R extends { [column: string]: unknown }>(
	rows: readonly R[],
): Map<string, R> {
	return new Map(rows.map((row) => [String(row['id']), row]));
}
