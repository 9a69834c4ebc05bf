import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { makeDirectory } from './batches';
import { compileSinks, expectWholeBatches } from './killed-run';
import { readRows } from './read-csv';

const directory = makeDirectory();
const csvPlace = join(directory, 'out');
const sqlitePlace = join(directory, 'out.db');

function readColumn(table: string, column: string): unknown[] {
	const database = new DatabaseSync(sqlitePlace, { readOnly: true });
	const rows = database.prepare(`SELECT ${column} AS value FROM ${table}`).all();
	database.close();
	return rows.map(({ value }) => value);
}

describe.each([
	{
		kind: 'csv',
		place: csvPlace,
		sink: createCsvSink(csvPlace),
		read: (table: string, column: string): unknown[] =>
			readRows(csvPlace, table).map((row) => row[column]),
	},
	{ kind: 'sqlite', place: sqlitePlace, sink: createSqliteSink(sqlitePlace), read: readColumn },
])('a run into $kind that is killed', (target) => {
	test('leaves the records of exactly the coverage that the next run finds', async () => {
		const script = compileSinks(join(directory, `code-${target.kind}`));
		await expectWholeBatches(script, target, [0, 1, 3, 7, 20, 55, 90]);
		expect(target.read('travel_requests', 'id').length).toBeGreaterThan(0);
	});
});
