import type { Counts, TableCounts } from './sink';

/** The counts of a table, made on first use. */
export function countsOf(counts: Counts, table: string): TableCounts {
	return (counts[table] ??= { inserted: 0, updated: 0, unchanged: 0, deleted: 0 });
}

/** Adds the counts of a batch to a sum. */
export function addCounts(sum: Counts, added: Counts): void {
	for (const [name, table] of Object.entries(added)) {
		const counts = countsOf(sum, name);
		counts.inserted += table.inserted;
		counts.updated += table.updated;
		counts.unchanged += table.unchanged;
		counts.deleted += table.deleted;
	}
}
