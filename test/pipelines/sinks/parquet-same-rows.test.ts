import { join } from 'node:path';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import { streamNames } from '../../../pipelines/sinks/sink';
import { tables } from '../../../pipelines/tables/catalog';
import type { Table } from '../../../pipelines/tables/table';
import type { FakeConcur } from '../../../fake-concur';
import { exportOnce } from '../../support/export-once';
import { startFake } from '../../support/start-fake';
import { makeWorkspace } from '../../support/workspace';
import { readRows } from './read-csv';
import { readParquet, type TextRow } from './read-parquet';

describe('Parquet files read by another program', () => {
	const workspace = makeWorkspace('parquet-same-rows');
	const csv = join(workspace, 'csv');
	const parquet = join(workspace, 'parquet');
	let fake: FakeConcur;

	beforeAll(async () => {
		// The fake's texts are chosen to hurt: quotes, newlines, emoji, leading =, null and "".
		fake = await startFake({ requests: 150 });
		fake.clock.advance(3_600_000);
		fake.clock.freeze();
		for (const sink of [createCsvSink(csv), createParquetSink(parquet, { rollRows: 400 })])
			await exportOnce(fake, sink, { detail: 'full', streams: streamNames });
	});

	it.each(tables)('have cell by cell what CSV has: $name', async (table) => {
		const fromParquet = (await readParquet(parquet, table.name)).map((row) => inOrder(table, row));
		const fromCsv = readRows(csv, table.name).map((row) => inOrder(table, row));
		expect(fromParquet.length).toBeGreaterThan(0);
		expect(sortByKey(table, fromParquet)).toEqual(sortByKey(table, fromCsv));
	});

	it('are added to by the next run with what changed and nothing else', async () => {
		const [edited = ''] = fake.world.requests();
		fake.clock.advance(3_600_000);
		fake.world.edit(edited, { name: 'Zażółć "gęślą" \u{1F600}\n,jaźń' });
		fake.clock.advance(3_600_000);
		const before = (await readParquet(parquet)).length;
		const summary = await exportOnce(fake, createParquetSink(parquet), { detail: 'full' });
		expect(summary).toMatchObject({ status: 'complete', windows: { open: 0 } });
		const added = (await readParquet(parquet)).slice(before);
		expect(added.map(({ id, name }) => [id, name])).toEqual([
			[edited, 'Zażółć "gęślą" \u{1F600}\n,jaźń'],
		]);
		expect(added[0]?.['_run_id']).toBe(summary.runId);
	});
});

/** The table's own cells; a decimal's zeros at the end say nothing. */
function inOrder(table: Table, row: TextRow): TextRow {
	return Object.fromEntries(
		table.columns.map(({ name, type }) => {
			const cell = row[name] ?? null;
			return [name, type === 'decimal' ? (cell?.replace(/(\.\d*?)0+$/, '$1') ?? null) : cell];
		}),
	);
}

function sortByKey(table: Table, rows: readonly TextRow[]): TextRow[] {
	const keyOf = (row: TextRow): string => table.key.map((name) => row[name]).join('/');
	return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
