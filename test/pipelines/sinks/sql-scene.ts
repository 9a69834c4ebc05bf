import { join } from 'node:path';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import type { Sink } from '../../../pipelines/sinks/sink';
import type { SqlRow } from '../../support/read-target';
import { makeDirectory } from './batches';
import { describePostgres } from './postgres-scene';
import { execute, query } from './read-sqlite';

/** A target of one test, not made yet. In its SQL `{}` stands for the schema. */
export interface SqlPlace {
	readonly sink: Sink;
	/** Reads as any other program would, every value as text. */
	query(sql: string): Promise<SqlRow[]>;
	/** Changes the target behind the sink's back. */
	execute(sql: string): Promise<void>;
}

/** Runs the same tests on SQLite, and on PostgreSQL where there is one. */
export function describeSqlSinks(name: string, body: (newTarget: () => SqlPlace) => void): void {
	describe(`${name} in SQLite`, () => {
		const directory = makeDirectory();
		let made = 0;
		body(() => sqlitePlace(join(directory, `target-${++made}.db`)));
	});
	describePostgres(`${name} in PostgreSQL`, (scene) => body(() => scene().newTarget()));
}

/** The place that a SQLite file is. */
export function sqlitePlace(file: string): SqlPlace {
	const here = (sql: string): string => sql.replaceAll('{}', 'main');
	return {
		sink: createSqliteSink(file),
		query: async (sql) => query(file, here(sql)).map(asText),
		execute: async (sql) => execute(file, here(sql)),
	};
}

function asText(row: ReturnType<typeof query>[number]): SqlRow {
	return Object.fromEntries(
		Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
	);
}

/** When a row was written last, and when its record was found to be deleted. */
export interface Times {
	readonly extractedAt: string | null;
	readonly deletedAt: string | null;
}

/** The times of each row of a table, by the value of one of its columns. */
export async function readTimes(
	place: SqlPlace,
	table: string,
	column = 'id',
): Promise<Record<string, Times>> {
	const rows = await place.query(
		`SELECT ${column} AS name, _extracted_at AS extracted, _deleted_at AS deleted FROM {}.${table}`,
	);
	return Object.fromEntries(
		rows.map(({ name, extracted, deleted }) => [
			String(name),
			{ extractedAt: asIso(extracted), deletedAt: asIso(deleted) },
		]),
	);
}

/** Each database has a way of its own to write a time. */
function asIso(time: string | null | undefined): string | null {
	return time ? new Date(time).toISOString() : null;
}
