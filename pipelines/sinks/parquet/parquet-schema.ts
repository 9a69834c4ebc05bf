import type { SchemaElement } from 'hyparquet';
import type { ColumnType, Table } from '../../tables/table';
import { decimalPrecision, decimalScale } from './fixed-decimal';

/** Has, as JSON by column, the decimals of a row that DECIMAL(38, 18) has no room for. */
export const unfitColumn = '_unfit_decimals';

/** The columns every Parquet row has after its own. */
const metaColumns: ReadonlyArray<readonly [string, ColumnType]> = [
	['_extracted_at', 'timestamp'],
	['_run_id', 'text'],
	['_deleted_at', 'timestamp'],
];

/** The type of a Parquet column, by both the old and the new way to say it: readers differ. */
type ParquetType = Omit<SchemaElement, 'name' | 'repetition_type'>;

const text: ParquetType = {
	type: 'BYTE_ARRAY',
	converted_type: 'UTF8',
	logical_type: { type: 'STRING' },
};

const types: Readonly<Record<ColumnType, ParquetType>> = {
	text,
	boolean: { type: 'BOOLEAN' },
	integer: { type: 'INT64' },
	decimal: {
		type: 'FIXED_LEN_BYTE_ARRAY',
		type_length: 16,
		converted_type: 'DECIMAL',
		precision: decimalPrecision,
		scale: decimalScale,
		logical_type: { type: 'DECIMAL', precision: decimalPrecision, scale: decimalScale },
	},
	date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
	// As Concur sends it: a Parquet TIME would add the seconds that it leaves out.
	time: text,
	timestamp: {
		type: 'INT64',
		converted_type: 'TIMESTAMP_MILLIS',
		logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
	},
};

/** Whether rows of the table may have decimals that do not fit. */
export function hasDecimals(table: Table): boolean {
	return table.columns.some(({ type }) => type === 'decimal');
}

/** The schema of a table's files: its columns, then those that say where a row comes from. */
export function describeSchema(table: Table): SchemaElement[] {
	const columns: Array<readonly [string, ColumnType]> = [
		...table.columns.map(({ name, type }) => [name, type] as const),
		...metaColumns,
	];
	if (hasDecimals(table)) columns.push([unfitColumn, 'text']);
	return [
		{ name: 'row', num_children: columns.length },
		...columns.map(([name, type]) => ({
			name,
			repetition_type: 'OPTIONAL' as const,
			...types[type],
		})),
	];
}
