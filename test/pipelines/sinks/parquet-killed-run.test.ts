import { join } from 'node:path';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import { makeDirectory, overlap } from './batches';
import { compileSinks, killWriter } from './killed-run';
import { hashFile, listParts, readManifestOf } from './read-csv';
import { readParquet } from './read-parquet';

const directory = makeDirectory();
const place = join(directory, 'out');

test('a run into Parquet that is killed leaves the records of exactly its coverage', async () => {
	const script = compileSinks(join(directory, 'code'));
	for (const afterMs of [0, 2, 7, 20, 45, 70, 110, 150, 200]) {
		await killWriter(script, 'parquet', place, afterMs);
		const session = await createParquetSink(place).open({ overlap });
		const covered = session.partitions[0]?.coverage[0]?.to ?? -1;
		await session.abandon();
		const ids: string[] = [];
		for (let from = 0; from < covered; from += 10)
			for (let index = 0; index < 5; index++) ids.push(String(from + index));
		const comments = ids.flatMap((id) => [`a${id}`, `b${id}`]);
		expect(await readColumn(place, 'travel_requests', 'id')).toEqual(ids.sort());
		expect(await readColumn(place, 'travel_request_comments', 'value')).toEqual(comments.sort());
	}
	expect(listParts(place).length).toBeGreaterThan(1);
	for (const part of listParts(place))
		for (const { name, bytes, sha256 } of readManifestOf(place, part).files)
			expect(hashFile(join(place, part, name))).toEqual({ bytes, sha256 });
});

async function readColumn(place: string, table: string, column: string) {
	return (await readParquet(place, table)).map((row) => row[column]).sort();
}
