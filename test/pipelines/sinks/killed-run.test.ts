import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createSqliteSink } from '../../../pipelines/sinks/sqlite/sqlite-sink';
import { makeDirectory, overlap } from './batches';
import { compileSinks, killWriter } from './killed-run';
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
])('a run into $kind that is killed', ({ kind, place, sink, read }) => {
	test('leaves the records of exactly the coverage that the next run finds', async () => {
		const script = compileSinks(join(directory, `code-${kind}`));
		for (const afterMs of [0, 1, 3, 7, 20, 55, 90]) {
			await killWriter(script, kind, place, afterMs);
			const session = await sink.open({ overlap });
			const covered = session.partitions[0]?.coverage[0]?.to ?? -1;
			await session.abandon();
			const ids: string[] = [];
			for (let from = 0; from < covered; from += 10)
				for (let index = 0; index < 5; index++) ids.push(String(from + index));
			const comments = ids.flatMap((id) => [`a${id}`, `b${id}`]);
			expect(read('travel_requests', 'id').sort()).toEqual(ids.sort());
			expect(read('travel_request_comments', 'value').sort()).toEqual(comments.sort());
		}
		expect(read('travel_requests', 'id').length).toBeGreaterThan(0);
	});
});
