import { quoteName } from '../sql-names';
import { historyTables } from './history-tables';
import type { Layout } from './plan-tables';
import { dataTables } from './stored-table';

/**
 * Queries for the living rows of each table and, where a history is kept, for its versions; by
 * table, of the tables that are there.
 */
export function planCounts(
	layout: Layout,
	keepsHistory: boolean,
	home: string,
): [string, string][] {
	const there = [...dataTables, ...(keepsHistory ? historyTables : [])].filter(({ name }) =>
		layout.has(name),
	);
	return there.map(({ name, columns }) => {
		const table = home + quoteName(name);
		const isMarked = columns.some((column) => column.name === '_deleted_at');
		// Two counts that indexes answer, where one over all rows would read every page.
		const deleted = isMarked
			? ` - (SELECT count(*) FROM ${table} WHERE _deleted_at IS NOT NULL)`
			: '';
		return [name, `SELECT (SELECT count(*) FROM ${table})${deleted} AS value`];
	});
}
