import { join } from 'node:path';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import { makeDirectory } from './batches';
import { compileSinks, expectWholeBatches } from './killed-run';
import { hashFile, listParts, readManifestOf } from './read-csv';
import { readParquet } from './read-parquet';

const directory = makeDirectory();
const place = join(directory, 'out');

test('a run into Parquet that is killed leaves the records of exactly its coverage', async () => {
	const script = compileSinks(join(directory, 'code'));
	const target = { kind: 'parquet', place, sink: createParquetSink(place), read: readColumn };
	await expectWholeBatches(script, target, [0, 2, 7, 20, 45, 70, 110, 150, 200]);
	expect(listParts(place).length).toBeGreaterThan(1);
	for (const part of listParts(place))
		for (const { name, bytes, sha256 } of readManifestOf(place, part).files)
			expect(hashFile(join(place, part, name))).toEqual({ bytes, sha256 });
});

async function readColumn(table: string, column: string) {
	return (await readParquet(place, table)).map((row) => row[column]);
}
