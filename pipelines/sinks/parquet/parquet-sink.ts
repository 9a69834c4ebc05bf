import { createFolderSink } from '../folder/folder-sink';
import type { RollRules } from '../folder/session';
import type { Sink } from '../sink';
import { ParquetFile } from './parquet-file';

/**
 * A sink into a directory of Parquet files with typed columns, laid out as `createFolderSink`
 * says: `run=<run id>/<table>.parquet`.
 */
export function createParquetSink(directory: string, roll: Partial<RollRules> = {}): Sink {
	return createFolderSink(
		directory,
		{
			scheme: 'parquet',
			extension: '.parquet',
			createFile: (path, table, runId) => ParquetFile.create(path, table, runId),
		},
		roll,
	);
}
