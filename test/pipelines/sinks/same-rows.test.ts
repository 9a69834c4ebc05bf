import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { streamNames } from '../../../pipelines/sinks/sink';
import { tables } from '../../../pipelines/tables/catalog';
import type { Column, Table } from '../../../pipelines/tables/table';
import { exportOnce } from '../../support/export-once';
import { readSqlite, type TargetRow } from '../../support/read-target';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { readRows } from './read-csv';

describe('CSV files read by another parser', () => {
	const workspace = makeWorkspace('same-rows');
	const file = join(workspace, 'target.db');
	const directory = join(workspace, 'out');

	beforeAll(async () => {
		// The fake's texts are chosen to hurt: quotes, newlines, emoji, leading =, null and "".
		const fake = await startFake({ requests: 150 });
		fake.clock.advance(3_600_000);
		fake.clock.freeze();
		for (const sink of [createSqliteSink(file), createCsvSink(directory)])
			await exportOnce(fake, sink, { detail: 'full', streams: streamNames });
	});

	it.each(tables)('have cell by cell what SQLite has: $name', (table) => {
		const fromCsv = readRows(directory, table.name).map((row) => inOrder(table, row));
		const fromSqlite = readSqlite(file, table.name).map((row) => asText(table, row));
		expect(fromCsv.length).toBeGreaterThan(0);
		expect(sortByKey(table, fromCsv)).toEqual(sortByKey(table, fromSqlite));
	});
});

type TextRow = Record<string, string | null>;

function inOrder(table: Table, row: TextRow): TextRow {
	return Object.fromEntries(table.columns.map(({ name }) => [name, row[name] ?? null]));
}

function asText(table: Table, row: TargetRow): TextRow {
	return Object.fromEntries(
		table.columns.map((column) => [column.name, cellText(column, row[column.name] ?? null)]),
	);
}

function cellText({ type }: Column, cell: string | number | null): string | null {
	if (cell === null) return null;
	if (type === 'boolean') return cell === 1 ? 'true' : 'false';
	return String(cell);
}

function sortByKey(table: Table, rows: readonly TextRow[]): TextRow[] {
	const keyOf = (row: TextRow): string => table.key.map((name) => row[name]).join('/');
	return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
