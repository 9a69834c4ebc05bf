import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../../concur/errors';
import { createCsvSink } from '../../../pipelines/sinks/csv/csv-sink';
import { createParquetSink } from '../../../pipelines/sinks/parquet/parquet-sink';
import { createSingerSink } from '../../../pipelines/sinks/singer/singer-sink';
import { makeDirectory, overlap } from './batches';
import { TapOutput } from './singer-output';

const directory = makeDirectory();
const place = (kind: string) => join(directory, kind);
const output = new TapOutput();

test.each([
	['csv', createCsvSink(place('csv'))],
	['parquet', createParquetSink(place('parquet'))],
	['singer', createSingerSink({ output })],
])('%s is a history already: it refuses to keep one, and writes nothing', async (kind, sink) => {
	const refused: unknown = await sink
		.open({ overlap, history: true })
		.catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(ConfigurationError);
	expect(refused).toMatchObject({
		code: 'HISTORY_NOT_KEPT',
		message: expect.stringContaining('newest row'),
		advice: expect.stringContaining('--history'),
	});
	expect(existsSync(place(kind))).toBe(false);
	expect(output.text).toBe('');
	await (await sink.open({ overlap, history: false })).abandon();
});
