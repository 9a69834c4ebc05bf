import type { Table } from '../tables/table';

/** A name as SQL takes it, whatever stands in it. */
export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** The columns every table has after its own. `_raw`, the widest, is last: others need not skip it. */
export function metaColumnsOf(table: Table): readonly string[] {
	const fingerprint = table.parent === undefined ? ['_fingerprint'] : [];
	return ['_extracted_at', '_run_id', '_deleted_at', ...fingerprint, '_raw'];
}
