import { childTablesOf, rootTableOf } from '../../tables/catalog';
import type { Table } from '../../tables/table';
import { quoteName } from '../sql-names';
import type { Layout } from './plan-tables';
import { storeTable, type StoredTable } from './stored-table';

/** The records whose versions a history keeps. */
export const versionedRoot: Table = rootTableOf('travel-requests');

/** The row of `_sap_concur_meta` that says that a target keeps a history, and since when. */
export const historyMark = 'history_since';

/**
 * A table of versions: each row with the time from which and, not included, to which it was valid.
 * A row without `_valid_to` is valid now.
 */
export interface HistoryTable extends StoredTable {
	/** The table whose versions these are. */
	readonly of: Table;
}

export const historyTables: readonly HistoryTable[] = [
	versionedRoot,
	...childTablesOf(versionedRoot),
].map((table) => {
	const meta = ['_extracted_at', '_run_id', '_valid_from', '_valid_to', '_raw'];
	const key = [...table.key, '_valid_from'];
	return { ...storeTable(table, nameHistory(table), key, meta), of: table };
});

export function nameHistory({ name }: Table): string {
	return `${name}_history`;
}

/** The columns that a version has from the row it is of. */
export function copiedColumns({ columns }: HistoryTable): string[] {
	return columns.map(({ name }) => name).filter((name) => !name.startsWith('_valid_'));
}

/** The statement that makes what a table has now its first versions. */
export function beginHistory(home: string, history: HistoryTable): string {
	const columns = copiedColumns(history).map(quoteName).join(', ');
	return `INSERT INTO ${home}${quoteName(history.name)} (${columns}, _valid_from)
		SELECT ${columns}, _extracted_at FROM ${home}${quoteName(history.of.name)}
		WHERE _deleted_at IS NULL`;
}

/** A table that bears the name of a history's and is none. */
export function findImpostor(layout: Layout): string | undefined {
	return historyTables
		.map(({ name }) => name)
		.find((name) => layout.has(name) && !layout.get(name)?.has('_valid_from'));
}
