import type { Cell, Row } from '../../../pipelines/tables/table';

/** A row as an object of its non-null cells. */
export function describeRow({ table, cells }: Row): Record<string, Cell> {
	const named = table.columns.map(({ name }, index) => [name, cells[index] ?? null] as const);
	return Object.fromEntries(named.filter(([, cell]) => cell !== null));
}

export function rowsOf(rows: readonly Row[], table: string): Record<string, Cell>[] {
	return rows.filter((row) => row.table.name === table).map(describeRow);
}

/** The cell of a column in the first row. */
export function cellOf(rows: readonly Row[], column: string): Cell | undefined {
	const row = rows[0];
	const index = row?.table.columns.findIndex(({ name }) => name === column) ?? -1;
	return row?.cells[index];
}
