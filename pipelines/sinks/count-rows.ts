import type { Counts, TableCounts } from './sink';

/** The counts of a table, made on first use. */
export function countsOf(counts: Counts, table: string): TableCounts {
	return (counts[table] ??= { inserted: 0, updated: 0, unchanged: 0, deleted: 0 });
}
