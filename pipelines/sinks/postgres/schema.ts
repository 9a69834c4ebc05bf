import { z } from 'zod';
import { quoteName } from '../sql-names';
import { bookkeepingTables } from '../sql/bookkeeping-tables';
import { findImpostor, historyMark, historyTables } from '../sql/history-tables';
import { planMigration } from '../sql/plan-migration';
import type { Dialect, Layout } from '../sql/plan-tables';
import { dataTables } from '../sql/stored-table';
import { foreignTarget, newerTarget } from '../target-errors';
import type { Connection } from './connection';

/** Stored in `_sap_concur_meta`. Raise it when an older version of the package could not go on. */
export const layoutVersion = 2;

/**
 * `_raw` is `json`, not `jsonb`: that one would forget the order of members and how numbers were
 * written, and refuses a NUL in a text. Operators such as `->>` work on both.
 */
const types: Dialect['types'] = {
	text: 'text',
	boolean: 'boolean',
	integer: 'bigint',
	decimal: 'numeric',
	date: 'date',
	time: 'time',
	timestamp: 'timestamptz',
	json: 'json',
};

/** What stands in a schema. */
export interface SchemaState {
	readonly exists: boolean;
	/** Of the tables and views that bear one of our names. */
	readonly layout: Layout;
	/** Undefined where the tables are not there yet. */
	readonly version: number | undefined;
	readonly keepsHistory: boolean;
}

const columnRow = z.object({ table: z.string(), column: z.string().nullable() });

/**
 * Looks at a schema, through catalogs that every role may read.
 * @throws {ConfigurationError} when it has tables of ours that are not ours, or newer ones.
 */
export async function readSchema(
	connection: Connection,
	schema: string,
	target: string,
): Promise<SchemaState> {
	const found = await connection.query(
		z.object({}),
		'SELECT FROM pg_namespace WHERE nspname = $1',
		[schema],
	);
	const own = [...bookkeepingTables, ...dataTables].map(({ name }) => name);
	const rows = await connection.query(
		columnRow,
		`SELECT relname AS table, attname AS column FROM pg_class
		LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
		WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
		AND relname = ANY ($2)`,
		[schema, [...own, ...historyTables.map(({ name }) => name)]],
	);
	const layout = new Map<string, Set<string>>();
	for (const { table, column } of rows) {
		const columns = layout.get(table) ?? new Set();
		layout.set(table, columns);
		if (column !== null) columns.add(column);
	}
	const isOurs = layout.has('_sap_concur_meta');
	const taken = own.find((name) => layout.has(name));
	if (taken !== undefined && !isOurs) throw strangeTable(target, taken);
	const meta = isOurs ? await readMeta(connection, schema) : undefined;
	const version = meta && Number(meta.get('layout') ?? 0);
	if (version !== undefined && version > layoutVersion)
		throw newerTarget(target, version, layoutVersion);
	return {
		exists: found.length > 0,
		layout,
		version,
		keepsHistory: meta?.has(historyMark) ?? false,
	};
}

async function readMeta(connection: Connection, schema: string): Promise<Map<string, string>> {
	const rows = await connection.query(
		z.object({ name: z.string(), value: z.string() }),
		`SELECT name, value FROM ${quoteName(schema)}._sap_concur_meta`,
	);
	return new Map(rows.map(({ name, value }) => [name, value]));
}

/**
 * The statements that create what is missing, the schema included.
 * @param wantsHistory whether to keep a history from now on, if it is not kept already
 * @throws {ConfigurationError} when somebody else's table is in its way.
 */
export function migrateSchema(
	schema: string,
	{ exists, layout, version, keepsHistory }: SchemaState,
	wantsHistory: boolean,
	target: string,
): string[] {
	const home = `${quoteName(schema)}.`;
	const history = keepsHistory ? 'kept' : wantsHistory ? 'begun' : 'none';
	const impostor = history === 'none' ? undefined : findImpostor(layout);
	if (impostor !== undefined) throw strangeTable(target, impostor);
	return [
		...(exists ? [] : [`CREATE SCHEMA ${quoteName(schema)}`]),
		...planMigration(layout, history, { home, types, ending: '' }),
		...(version === layoutVersion
			? []
			: [
					`INSERT INTO ${home}_sap_concur_meta (name, value) VALUES ('layout', '${layoutVersion}')
					ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
				]),
	];
}

function strangeTable(target: string, table: string) {
	return foreignTarget(target, `its schema has a table ${table} that this package did not make.`);
}
