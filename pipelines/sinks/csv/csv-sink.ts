import { createFolderSink } from '../folder/folder-sink';
import type { Sink } from '../sink';
import { checkCompression } from './compression';
import { CsvFile } from './csv-file';
import type { CsvOptions } from './options';

/**
 * A sink into a directory of CSV files, laid out as `createFolderSink` says.
 * @throws {ConfigurationError} where this Node.js lacks the compression.
 */
export function createCsvSink(directory: string, options: CsvOptions = {}): Sink {
	const { compression, rollRows, rollMs } = options;
	checkCompression(compression);
	return createFolderSink(
		directory,
		{
			scheme: 'csv',
			extension: `.csv${compression ? `.${compression}` : ''}`,
			createFile: (path, table, runId) => CsvFile.create(path, table, runId, options),
		},
		{
			...(rollRows === undefined ? {} : { rollRows }),
			...(rollMs === undefined ? {} : { rollMs }),
		},
	);
}
