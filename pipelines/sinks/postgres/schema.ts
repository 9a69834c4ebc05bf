import { z } from 'zod';
import { findRoot, tables } from '../../tables/catalog';
import type { Column, ColumnType, Table } from '../../tables/table';
import { metaColumnsOf, quoteName } from '../sql-names';
import { foreignTarget, newerTarget } from '../target-errors';
import { bookkeepingTables, upgradeBookkeeping } from './bookkeeping';
import type { Connection } from './connection';

/** Stored in `_sap_concur_meta`. Raise it when a change needs more than new tables or columns. */
export const layoutVersion = 2;

const sqlTypes: Readonly<Record<ColumnType, string>> = {
	text: 'text',
	boolean: 'boolean',
	integer: 'bigint',
	decimal: 'numeric',
	date: 'date',
	time: 'time',
	timestamp: 'timestamptz',
};

/**
 * `_raw` is `json`, not `jsonb`: that one would forget the order of members and how numbers were
 * written, and refuses a NUL in a text. Operators such as `->>` work on both.
 */
const metaTypes: Readonly<Record<string, string>> = {
	_extracted_at: 'timestamptz NOT NULL',
	_run_id: 'text NOT NULL',
	_deleted_at: 'timestamptz',
	_fingerprint: 'text',
	_raw: 'json',
};

/** What stands in a schema: columns by table, of the tables that bear one of our names. */
export interface Layout {
	readonly schemaExists: boolean;
	readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
	/** Undefined where the tables are not there yet. */
	readonly version: number | undefined;
}

const columnRow = z.object({ table: z.string(), column: z.string().nullable() });

/**
 * Looks at a schema, through catalogs that every role may read.
 * @throws {ConfigurationError} when it has tables of ours that are not ours, or newer ones.
 */
export async function readLayout(
	connection: Connection,
	schema: string,
	target: string,
): Promise<Layout> {
	const found = await connection.query(
		z.object({}),
		'SELECT FROM pg_namespace WHERE nspname = $1',
		[schema],
	);
	const names = [...Object.keys(bookkeepingTables), ...tables.map(({ name }) => name)];
	const rows = await connection.query(
		columnRow,
		`SELECT relname AS table, attname AS column FROM pg_class
		LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
		WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
		AND relname = ANY ($2)`,
		[schema, names],
	);
	const columns = new Map<string, Set<string>>();
	for (const { table, column } of rows) {
		const set = columns.get(table) ?? new Set();
		columns.set(table, set);
		if (column !== null) set.add(column);
	}
	const [taken] = columns.keys();
	if (taken !== undefined && !columns.has('_sap_concur_meta'))
		throw foreignTarget(target, `its schema has a table ${taken} that this package did not make.`);
	const version = taken === undefined ? undefined : await readVersion(connection, schema);
	if (version !== undefined && version > layoutVersion)
		throw newerTarget(target, version, layoutVersion);
	return { schemaExists: found.length > 0, columns, version };
}

async function readVersion(connection: Connection, schema: string): Promise<number> {
	const [row] = await connection.query(
		z.object({ value: z.coerce.number() }),
		`SELECT value FROM ${quoteName(schema)}._sap_concur_meta WHERE name = 'layout'`,
	);
	return row?.value ?? 0;
}

/**
 * The statements that create what is missing, tables and columns; rows that are there stay. None
 * where nothing is missing, so that a role without the right to create can run.
 */
export function planMigration(
	schema: string,
	{ schemaExists, columns, version }: Layout,
): string[] {
	const home = quoteName(schema);
	const statements = schemaExists ? [] : [`CREATE SCHEMA ${home}`];
	for (let from = version ?? layoutVersion; from < layoutVersion; from++)
		statements.push(...upgradeBookkeeping(home, from));
	for (const [name, definition] of Object.entries(bookkeepingTables))
		if (!columns.has(name)) statements.push(`CREATE TABLE ${home}.${name} (${definition})`);
	const widened = new Set<Table>();
	for (const table of tables) {
		const name = `${home}.${quoteName(table.name)}`;
		const there = columns.get(table.name);
		if (!there) {
			statements.push(...createTable(home, table));
			continue;
		}
		const missing = defineColumns(table).filter(({ column }) => !there.has(column));
		if (missing.length === 0) continue;
		const added = missing.map(
			({ column, type }) => `ADD COLUMN ${quoteName(column)} ${type.replace(' NOT NULL', '')}`,
		);
		statements.push(`ALTER TABLE ${name} ${added.join(', ')}`);
		widened.add(findRoot(table));
	}
	// A record listed again must not pass as unchanged while its new columns are empty.
	for (const { name } of widened)
		statements.push(`UPDATE ${home}.${quoteName(name)} SET _fingerprint = NULL`);
	if (version !== layoutVersion)
		statements.push(
			`INSERT INTO ${home}._sap_concur_meta VALUES ('layout', '${layoutVersion}')
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		);
	return statements;
}

function createTable(home: string, table: Table): string[] {
	const name = `${home}.${quoteName(table.name)}`;
	const columns = defineColumns(table).map(({ column, type }) => `${quoteName(column)} ${type}`);
	const key = table.key.map(quoteName).join(', ');
	return [
		`CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${key}))`,
		// Costs nothing while nothing is deleted, and makes counting the living ones cheap.
		`CREATE INDEX ${quoteName(`${table.name}_deleted`)} ON ${name} (_deleted_at) WHERE _deleted_at IS NOT NULL`,
	];
}

function defineColumns(table: Table): { column: string; type: string }[] {
	const own = table.columns.map((column) => ({
		column: column.name,
		type: defineType(table, column),
	}));
	const meta = metaColumnsOf(table).map((column) => ({
		column,
		type: metaTypes[column] ?? 'text',
	}));
	return [...own, ...meta];
}

function defineType(table: Table, column: Column): string {
	return sqlTypes[column.type] + (table.key.includes(column.name) ? ' NOT NULL' : '');
}
