import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { findRoot, tables } from '../../tables/catalog';
import type { Column, ColumnType, Table } from '../../tables/table';
import { metaColumnsOf, quoteName } from '../sql-names';
import { foreignTarget, newerTarget } from '../target-errors';
import { transact } from './transaction';

/** `SCNX`: marks a SQLite file as one of this package (`PRAGMA application_id`). */
export const applicationId = 0x53434e58;
/** `PRAGMA user_version`. Raise it when a change needs more than new tables or columns. */
export const schemaVersion = 2;

/**
 * STRICT types. A decimal is a number where a double holds all its digits and text with its digits
 * where none does, so its column takes both (ANY keeps a value as it is given).
 */
const sqlTypes: Readonly<Record<ColumnType, string>> = {
	text: 'TEXT',
	boolean: 'INTEGER',
	integer: 'INTEGER',
	decimal: 'ANY',
	date: 'TEXT',
	time: 'TEXT',
	timestamp: 'TEXT',
};

const bookkeeping = `
CREATE TABLE IF NOT EXISTS _sap_concur_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS _sap_concur_coverage (
	stream TEXT NOT NULL, user_id TEXT NOT NULL, view TEXT NOT NULL,
	detail TEXT NOT NULL, windows TEXT NOT NULL, open_read_at INTEGER, sightings TEXT,
	PRIMARY KEY (stream, user_id, view)) STRICT;
CREATE TABLE IF NOT EXISTS _sap_concur_runs (
	run_id TEXT PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT NOT NULL,
	status TEXT NOT NULL, summary TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS _sap_concur_dead_letters (
	stream TEXT NOT NULL, user_id TEXT NOT NULL, view TEXT NOT NULL, record_id TEXT NOT NULL,
	window_from INTEGER NOT NULL, window_to INTEGER NOT NULL, code TEXT NOT NULL,
	message TEXT NOT NULL, correlation_id TEXT, failed_at TEXT NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 1, skipped_at TEXT,
	PRIMARY KEY (stream, user_id, view, record_id)) STRICT;`;

/** What makes bookkeeping of a version that of the next one. */
const upgrades: Readonly<Record<number, string>> = {
	1: `ALTER TABLE _sap_concur_coverage RENAME COLUMN user TO user_id;
	ALTER TABLE _sap_concur_coverage ADD COLUMN open_read_at INTEGER;
	ALTER TABLE _sap_concur_coverage ADD COLUMN sightings TEXT;
	ALTER TABLE _sap_concur_dead_letters RENAME COLUMN user TO user_id;
	ALTER TABLE _sap_concur_dead_letters ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1;
	ALTER TABLE _sap_concur_dead_letters ADD COLUMN skipped_at TEXT;`,
};

const integerRow = z.object({ value: z.number() });

/**
 * Whether the file is new (empty) or ours.
 * @throws {ConfigurationError} when it is neither, or newer than this package.
 */
export function checkOwner(database: DatabaseSync, target: string): 'new' | 'ours' {
	const owner = readInteger(database, 'SELECT application_id AS value FROM pragma_application_id');
	const version = readVersion(database);
	if (owner !== applicationId) {
		const objects = readInteger(database, 'SELECT count(*) AS value FROM sqlite_schema');
		if (owner === 0 && objects === 0) return 'new';
		throw foreignTarget(target, 'it is a SQLite database that this package did not make.');
	}
	if (version > schemaVersion) throw newerTarget(target, version, schemaVersion);
	return 'ours';
}

/** The version of the bookkeeping tables; 0 where there are none yet. */
export function readVersion(database: DatabaseSync): number {
	return readInteger(database, 'SELECT user_version AS value FROM pragma_user_version');
}

function readInteger(database: DatabaseSync, sql: string): number {
	return integerRow.parse(database.prepare(sql).get()).value;
}

/** Creates what is missing, tables and columns, in one transaction; rows that are there stay. */
export function migrate(database: DatabaseSync): void {
	transact(database, () => {
		const version = readVersion(database);
		if (version > 0)
			for (let from = version; from < schemaVersion; from++) database.exec(upgrades[from] ?? '');
		database.exec(bookkeeping);
		const widened = tables.filter((table) => createTable(database, table)).map(findRoot);
		// A record listed again must not pass as unchanged while its new columns are empty.
		for (const root of new Set(widened))
			database.exec(`UPDATE ${quoteName(root.name)} SET _fingerprint = NULL`);
		database.exec(`PRAGMA application_id = ${applicationId}`);
		database.exec(`PRAGMA user_version = ${schemaVersion}`);
	});
}

const nameRows = z.array(z.object({ name: z.string() }));

/** Creates a table or adds its missing columns; true when it has added some. */
function createTable(database: DatabaseSync, table: Table): boolean {
	const name = quoteName(table.name);
	const found = nameRows.parse(
		database.prepare('SELECT name FROM pragma_table_info(?)').all(table.name),
	);
	const meta = metaColumnsOf(table).map((column) => ({ column, type: 'TEXT' }));
	const wanted = [
		...table.columns.map((column) => ({ column: column.name, type: defineType(table, column) })),
		...meta,
	];
	if (found.length === 0) {
		const columns = wanted.map(({ column, type }) => `${quoteName(column)} ${type}`);
		const key = table.key.map(quoteName).join(', ');
		database.exec(`CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${key})) STRICT`);
		// Costs nothing while nothing is deleted, and makes counting the living ones cheap.
		database.exec(
			`CREATE INDEX ${quoteName(`${table.name}_deleted`)} ON ${name} (_deleted_at) WHERE _deleted_at IS NOT NULL`,
		);
		return false;
	}
	const there = new Set(found.map((column) => column.name));
	const missing = wanted.filter(({ column }) => !there.has(column));
	for (const { column, type } of missing)
		database.exec(`ALTER TABLE ${name} ADD COLUMN ${quoteName(column)} ${type}`);
	return missing.length > 0;
}

function defineType(table: Table, column: Column): string {
	return sqlTypes[column.type] + (table.key.includes(column.name) ? ' NOT NULL' : '');
}
