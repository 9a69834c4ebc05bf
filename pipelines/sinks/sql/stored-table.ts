import { tables } from '../../tables/catalog';
import type { ColumnType, Table } from '../../tables/table';
import { metaColumnsOf } from '../sql-names';

/** How a column is stored; each database has a name of its own for it. */
export type StoredType = ColumnType | 'json';

export interface StoredColumn {
	readonly name: string;
	readonly type: StoredType;
	/** Never null; a key's columns need not say so. */
	readonly isRequired?: boolean;
	/** What it holds where nothing is said: SQL. */
	readonly default?: string;
}

/** A table as it stands in a database. */
export interface StoredTable {
	readonly name: string;
	readonly key: readonly string[];
	readonly columns: readonly StoredColumn[];
}

const metaTypes: Readonly<Record<string, Omit<StoredColumn, 'name'>>> = {
	_extracted_at: { type: 'timestamp' },
	_run_id: { type: 'text' },
	_deleted_at: { type: 'timestamp' },
	_fingerprint: { type: 'text' },
	_valid_from: { type: 'timestamp' },
	_valid_to: { type: 'timestamp' },
	_raw: { type: 'json' },
};

/** The tables that hold the present state of every record. */
export const dataTables: readonly StoredTable[] = tables.map((table) =>
	storeTable(table, table.name, table.key, metaColumnsOf(table)),
);

/** A table with a table's own columns, and some of the package's beside them. */
export function storeTable(
	table: Table,
	name: string,
	key: readonly string[],
	metaColumns: readonly string[],
): StoredTable {
	const own = table.columns.map((column) => ({ name: column.name, type: column.type }));
	const meta = metaColumns.map((column) => ({
		name: column,
		...(metaTypes[column] ?? { type: 'text' as const }),
	}));
	return { name, key, columns: [...own, ...meta] };
}
