import { findRoot, findTable } from '../../tables/catalog';
import { quoteName } from '../sql-names';
import { bookkeepingTables } from './bookkeeping-tables';
import { beginHistory, historyMark, historyTables } from './history-tables';
import { findMissing, planTables, type Dialect, type Layout } from './plan-tables';
import { dataTables } from './stored-table';

/** Whether a target keeps a history: no, as it has done so far, or from now on. */
export type History = 'none' | 'kept' | 'begun';

/**
 * The statements that create what is missing, tables and columns; rows that are there stay. None
 * where nothing is missing, so that a role without the right to create can run.
 */
export function planMigration(layout: Layout, history: History, dialect: Dialect): string[] {
	const { home } = dialect;
	const statements = planTables([...bookkeepingTables, ...dataTables], layout, dialect);
	const widened = new Set<string>();
	for (const table of dataTables) {
		const there = layout.get(table.name);
		const of = findTable(table.name);
		// Costs nothing while nothing is deleted, and makes counting the living ones cheap.
		if (!there)
			statements.push(
				`CREATE INDEX ${quoteName(`${table.name}_deleted`)} ON ${home}${quoteName(table.name)} (_deleted_at) WHERE _deleted_at IS NOT NULL`,
			);
		else if (of && findMissing(table, there).length > 0) widened.add(findRoot(of).name);
	}
	// A record listed again must not pass as unchanged while its new columns are empty.
	for (const name of widened)
		statements.push(`UPDATE ${home}${quoteName(name)} SET _fingerprint = NULL`);
	if (history !== 'none') statements.push(...planHistory(layout, dialect));
	if (history === 'begun')
		statements.push(
			`INSERT INTO ${home}_sap_concur_meta (name, value)
			VALUES ('${historyMark}', '${new Date().toISOString()}')`,
		);
	return statements;
}

/** A table of versions that is made begins with what is there. */
function planHistory(layout: Layout, dialect: Dialect): string[] {
	return [
		...planTables(historyTables, layout, dialect),
		...historyTables
			.filter(({ name }) => !layout.has(name))
			.map((table) => beginHistory(dialect.home, table)),
	];
}
