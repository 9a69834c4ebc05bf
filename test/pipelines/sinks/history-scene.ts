import { historyTables, type HistoryTable } from '../../../pipelines/sinks/sql/history-tables';
import type { SqlRow } from '../../support/read-target';
import type { SqlPlace } from './sql-scene';

/** Rows of each table, as text and in the order of their keys. */
export type Content = Record<string, readonly SqlRow[]>;

/** A version's time, as the package writes times; null: it goes on. */
export interface Range {
	readonly from: string;
	readonly to: string | null;
}

/** What the plain tables hold of living records. */
export function readPresent(place: SqlPlace): Promise<Content> {
	return readContent(place, ({ of }) => `${of.name} WHERE _deleted_at IS NULL`);
}

/** What the history says the plain tables held at a time; at `now`, what they hold. */
export function readValidAt(place: SqlPlace, time: string): Promise<Content> {
	const isValid =
		time === 'now'
			? '_valid_to IS NULL'
			: `_valid_from <= '${time}' AND (_valid_to IS NULL OR _valid_to > '${time}')`;
	return readContent(place, ({ name }) => `${name} WHERE ${isValid}`);
}

async function readContent(
	{ query }: SqlPlace,
	source: (table: HistoryTable) => string,
): Promise<Content> {
	const content: Content = {};
	for (const table of historyTables) {
		const { of } = table;
		const columns = [...of.columns.map(({ name }) => `"${name}"`), '_raw'];
		content[of.name] = await query(
			`SELECT ${columns.join(', ')} FROM {}.${source(table)} ORDER BY ${of.key.join(', ')}`,
		);
	}
	return content;
}

/** Versions of a table's rows, in the order of their beginning, by the value of one column. */
export async function readRanges(
	{ query }: SqlPlace,
	table: string,
	column: string,
): Promise<Record<string, Range[]>> {
	const ranges: Record<string, Range[]> = {};
	const rows = await query(
		`SELECT ${column} AS name, _valid_from AS since, _valid_to AS until
		FROM {}.${table}_history ORDER BY _valid_from`,
	);
	for (const { name, since, until } of rows)
		(ranges[String(name)] ??= []).push({
			from: new Date(since ?? '').toISOString(),
			to: until ? new Date(until).toISOString() : null,
		});
	return ranges;
}

/** Versions that begin no later than they end, or that overlap another one of the same row. */
export async function findWrongRanges({ query }: SqlPlace): Promise<SqlRow[]> {
	const wrong: SqlRow[] = [];
	for (const { name, of } of historyTables) {
		const sameKey = of.key.map((column) => `a.${column} = b.${column}`).join(' AND ');
		const found = await query(
			`SELECT '${name}' AS versions, a._valid_from AS since FROM {}.${name} AS a
			WHERE a._valid_to <= a._valid_from OR EXISTS (SELECT 1 FROM {}.${name} AS b
				WHERE ${sameKey} AND b._valid_from > a._valid_from
				AND (a._valid_to IS NULL OR a._valid_to > b._valid_from))`,
		);
		wrong.push(...found);
	}
	return wrong;
}
