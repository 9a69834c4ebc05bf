import type { Column, ColumnType, Table } from '../../tables/table';

/** The JSON as received, which holds fields that have no column; not selected unless asked for. */
export const rawColumn = '_raw';
/** When a record was read: its own rows and its children's carry the same time. */
export const extractedColumn = '_extracted_at';
export const runColumn = '_run_id';
export const deletedColumn = '_deleted_at';

export interface PropertySchema {
	readonly type: string | readonly string[];
	readonly format?: string;
}

export interface StreamSchema {
	readonly type: 'object';
	readonly additionalProperties: boolean;
	readonly properties: Readonly<Record<string, PropertySchema>>;
}

const timestamp: PropertySchema = { type: ['null', 'string'], format: 'date-time' };

const schemas: Readonly<Record<ColumnType, PropertySchema>> = {
	text: { type: ['null', 'string'] },
	boolean: { type: ['null', 'boolean'] },
	integer: { type: ['null', 'integer'] },
	// Written with all its digits; what a loader keeps of them is up to the loader.
	decimal: { type: ['null', 'number'] },
	date: { type: ['null', 'string'], format: 'date' },
	// Without a format: a JSON Schema "time" must have seconds and a zone.
	time: { type: ['null', 'string'] },
	timestamp,
};

/** Every property that a stream's records may have, in their order. */
export function describeProperties(table: Table): Map<string, PropertySchema> {
	return new Map([
		...table.columns.map((column) => [column.name, describeColumn(table, column)] as const),
		[extractedColumn, timestamp],
		[runColumn, schemas.text],
		[deletedColumn, timestamp],
		[rawColumn, schemas.text],
	]);
}

/** The schema of a stream, with the chosen properties only. */
export function describeStream(table: Table, chosen: ReadonlySet<string>): StreamSchema {
	const properties = [...describeProperties(table)].filter(([name]) => chosen.has(name));
	return {
		type: 'object',
		additionalProperties: false,
		properties: Object.fromEntries(properties),
	};
}

/** Properties that no selection can leave out: loaders find a row by its key. */
export function isAutomatic(table: Table, property: string): boolean {
	return (
		table.key.includes(property) || [extractedColumn, runColumn, deletedColumn].includes(property)
	);
}

function describeColumn(table: Table, { name, type }: Column): PropertySchema {
	return table.key.includes(name) ? { type: 'string' } : schemas[type];
}
