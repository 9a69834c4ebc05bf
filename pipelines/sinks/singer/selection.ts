import { tables } from '../../tables/catalog';
import type { Table } from '../../tables/table';
import { describeProperties, rawColumn } from './json-schema';

/** The streams that are written, by name, each with the properties that its records have. */
export type Selection = ReadonlyMap<string, ReadonlySet<string>>;

/** Every stream with all but the raw JSON. */
export function selectAll(): Selection {
	return new Map(
		tables.map((table) => {
			const names = [...describeProperties(table).keys()].filter((name) => name !== rawColumn);
			return [table.name, new Set(names)];
		}),
	);
}

/** The properties of a stream that a selection leaves out. */
export function leftOut(table: Table, chosen: ReadonlySet<string>): string[] {
	return [...describeProperties(table).keys()].filter((name) => !chosen.has(name));
}
