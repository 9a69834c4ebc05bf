import { tables } from '../../pipelines/tables/catalog';
import type { Column, Table } from '../../pipelines/tables/table';
import { queryPostgres, readSqlite, type TargetRow } from './read-target';

/** The living content of each table, cell by cell as text and in the order of the keys. */
export type Content = Record<string, readonly TextRow[]>;

type TextRow = Record<string, string | null>;

/** What a SQLite target holds. */
export function readSqliteContent(file: string): Content {
	return Object.fromEntries(
		tables.map((table) => [
			table.name,
			sortByKey(
				table,
				readSqlite(file, table.name)
					.filter((row) => row['_deleted_at'] === null)
					.map((row) => sqliteText(table, row)),
			),
		]),
	);
}

/** What a PostgreSQL target holds, written as SQLite writes it. */
export async function readPostgresContent(url: string): Promise<Content> {
	const content: Content = {};
	for (const table of tables) {
		const cells = table.columns.map((column) => `${sqlText(column)} AS "${column.name}"`);
		const rows = await queryPostgres(
			url,
			`SELECT ${cells.join(', ')}, _raw::text AS _raw FROM {}.${table.name} WHERE _deleted_at IS NULL`,
		);
		content[table.name] = sortByKey(table, rows);
	}
	return content;
}

function sqlText({ name, type }: Column): string {
	switch (type) {
		case 'boolean':
			return `("${name}"::int)::text`;
		case 'timestamp':
			return `to_char("${name}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
		case 'time':
			return `to_char("${name}", 'HH24:MI')`;
		default:
			return `"${name}"::text`;
	}
}

function sqliteText(table: Table, row: TargetRow): TextRow {
	const cells = [...table.columns.map(({ name }) => name), '_raw'];
	return Object.fromEntries(
		cells.map((name) => {
			const cell = row[name] ?? null;
			return [name, cell === null ? null : String(cell)];
		}),
	);
}

function sortByKey(table: Table, rows: readonly TextRow[]): TextRow[] {
	const keyOf = (row: TextRow): string => table.key.map((name) => row[name]).join('/');
	return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
