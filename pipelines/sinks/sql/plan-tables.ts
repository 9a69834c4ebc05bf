import { quoteName } from '../sql-names';
import type { StoredColumn, StoredTable, StoredType } from './stored-table';

/** What differs from one database to the other. */
export interface Dialect {
	/** Where the tables are: a schema and a dot, or nothing. */
	readonly home: string;
	readonly types: Readonly<Record<StoredType, string>>;
	/** What follows a table's definition. */
	readonly ending: string;
}

/** Columns by table. */
export type Layout = ReadonlyMap<string, ReadonlySet<string>>;

/** The statements that make tables what they must be; none where nothing is missing. */
export function planTables(
	wanted: readonly StoredTable[],
	layout: Layout,
	dialect: Dialect,
): string[] {
	return wanted.flatMap((table) => {
		const there = layout.get(table.name);
		if (!there) return createTable(table, dialect);
		return findMissing(table, there).map(
			(column) =>
				`ALTER TABLE ${dialect.home}${quoteName(table.name)} ADD COLUMN ${defineColumn(
					// Rows that are there have nothing for it.
					{ ...column, isRequired: column.default !== undefined },
					dialect,
				)}`,
		);
	});
}

/** The columns that a table lacks. */
export function findMissing(table: StoredTable, there: ReadonlySet<string>): StoredColumn[] {
	return table.columns.filter(({ name }) => !there.has(name));
}

function createTable({ name, key, columns }: StoredTable, dialect: Dialect): string[] {
	const table = `${dialect.home}${quoteName(name)}`;
	const definitions = columns.map((column) =>
		defineColumn(key.includes(column.name) ? { ...column, isRequired: true } : column, dialect),
	);
	definitions.push(`PRIMARY KEY (${key.map(quoteName).join(', ')})`);
	return [`CREATE TABLE ${table} (${definitions.join(', ')})${dialect.ending}`];
}

function defineColumn(column: StoredColumn, { types }: Dialect): string {
	const required = column.isRequired ? ' NOT NULL' : '';
	const given = column.default === undefined ? '' : ` DEFAULT ${column.default}`;
	return `${quoteName(column.name)} ${types[column.type]}${required}${given}`;
}
