import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { findImpostor, historyMark } from '../sql/history-tables';
import { planMigration } from '../sql/plan-migration';
import type { Dialect, Layout } from '../sql/plan-tables';
import { foreignTarget, newerTarget } from '../target-errors';
import { transact } from './transaction';

/** `SCNX`: marks a SQLite file as one of this package (`PRAGMA application_id`). */
export const applicationId = 0x53434e58;
/** `PRAGMA user_version`. Raise it when an older version of the package could not go on. */
export const schemaVersion = 2;

/** What new tables and columns do not do, by the version that it starts from. */
const upgrades: Readonly<Record<number, string>> = {
	1: `ALTER TABLE _sap_concur_coverage RENAME COLUMN user TO user_id;
	ALTER TABLE _sap_concur_dead_letters RENAME COLUMN user TO user_id`,
};

/**
 * STRICT types. A decimal is a number where a double holds all its digits and text with its digits
 * where none does, so its column takes both (ANY keeps a value as it is given).
 */
const dialect: Dialect = {
	home: '',
	types: {
		text: 'TEXT',
		boolean: 'INTEGER',
		integer: 'INTEGER',
		decimal: 'ANY',
		date: 'TEXT',
		time: 'TEXT',
		timestamp: 'TEXT',
		json: 'TEXT',
	},
	ending: ' STRICT',
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

/** The version of the layout; 0 where there is none yet. */
function readVersion(database: DatabaseSync): number {
	return readInteger(database, 'SELECT user_version AS value FROM pragma_user_version');
}

function readInteger(database: DatabaseSync, sql: string): number {
	return integerRow.parse(database.prepare(sql).get()).value;
}

/**
 * Creates what is missing, tables and columns, in one transaction; rows that are there stay.
 * @param wantsHistory whether to keep a history from now on, if it is not kept already
 * @returns whether a history is kept.
 * @throws {ConfigurationError} when somebody else's table is in its way.
 */
export function migrate(database: DatabaseSync, target: string, wantsHistory: boolean): boolean {
	return transact(database, () => {
		const version = readVersion(database);
		if (version > 0)
			for (let from = version; from < schemaVersion; from++) database.exec(upgrades[from] ?? '');
		const layout = readLayout(database);
		const isKept = keepsHistory(database, layout);
		const history = isKept ? 'kept' : wantsHistory ? 'begun' : 'none';
		const impostor = history === 'none' ? undefined : findImpostor(layout);
		if (impostor !== undefined)
			throw foreignTarget(target, `it has a table ${impostor} that this package did not make.`);
		for (const statement of planMigration(layout, history, dialect)) database.exec(statement);
		database.exec(`PRAGMA application_id = ${applicationId}`);
		database.exec(`PRAGMA user_version = ${schemaVersion}`);
		return history !== 'none';
	});
}

const columnRows = z.array(z.object({ table: z.string(), column: z.string() }));

/** The columns of every table and view. */
export function readLayout(database: DatabaseSync): Layout {
	const rows = database
		.prepare(
			`SELECT s.name AS "table", c.name AS "column"
			FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c`,
		)
		.all();
	const layout = new Map<string, Set<string>>();
	for (const { table, column } of columnRows.parse(rows)) {
		const columns = layout.get(table);
		if (columns) columns.add(column);
		else layout.set(table, new Set([column]));
	}
	return layout;
}

/** Whether the target keeps a history. */
export function keepsHistory(database: DatabaseSync, layout: Layout): boolean {
	if (!layout.has('_sap_concur_meta')) return false;
	const mark = database.prepare('SELECT value FROM _sap_concur_meta WHERE name = ?');
	return mark.get(historyMark) !== undefined;
}
