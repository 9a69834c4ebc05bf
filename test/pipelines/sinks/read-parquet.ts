import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { findTable } from '../../../pipelines/tables/catalog';
import { listParts } from './read-csv';

export type TextRow = Record<string, string | null>;

export const fileOf = (directory: string, part: string, table: string): string =>
	join(directory, part, `${table}.parquet`);

/** Names, types and row groups of one file. */
export async function readFooter(file: string) {
	return parquetMetadataAsync(await asyncBufferFromFile(file));
}

/** Rows of a table over all parts, read by a Parquet reader, each value written as CSV writes it. */
export async function readParquet(directory: string, table = 'travel_requests') {
	const rows: TextRow[] = [];
	for (const part of listParts(directory)) {
		const name = fileOf(directory, part, table);
		if (existsSync(name)) rows.push(...(await readFile(name, table)));
	}
	return rows;
}

async function readFile(name: string, table: string): Promise<TextRow[]> {
	const file = await asyncBufferFromFile(name);
	const metadata = await parquetMetadataAsync(file);
	// This reader would make doubles of decimals; their bytes are exact.
	for (const element of metadata.schema)
		if (element.converted_type === 'DECIMAL') {
			delete element.converted_type;
			delete element.logical_type;
		}
	const dates = new Set(
		findTable(table)?.columns.flatMap((column) => (column.type === 'date' ? [column.name] : [])),
	);
	const rows = await parquetReadObjects({ file, metadata });
	return rows.map((row) =>
		Object.fromEntries(
			Object.entries(row).map(([column, value]) => [column, writeValue(value, dates.has(column))]),
		),
	);
}

function writeValue(value: unknown, isDate: boolean): string | null {
	if (value === null || value === undefined) return null;
	if (value instanceof Date) return value.toISOString().slice(0, isDate ? 10 : 24);
	if (value instanceof Uint8Array) return writeDecimal(value);
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	throw new TypeError(`a Parquet value of type ${typeof value}`);
}

/** Eighteen places, big end first, two's complement; zeros at the end are not written. */
function writeDecimal(bytes: Uint8Array): string {
	const unscaled = BigInt.asIntN(128, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
	const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(19, '0');
	const text = `${digits.slice(0, -18)}.${digits.slice(-18)}`.replace(/\.?0+$/, '');
	return (unscaled < 0n ? '-' : '') + text;
}
