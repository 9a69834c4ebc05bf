import type { Transform } from 'node:stream';
import type { Row, Table } from '../../tables/table';
import { HashedFile } from '../folder/hashed-file';
import type { FileFacts, TableFile } from '../folder/table-file';
import { createCompressor } from './compression';
import { CsvText } from './csv-text';
import type { CsvOptions } from './options';

/** A CSV file being written: compressed if asked, never whole in memory. */
export class CsvFile implements TableFile {
	readonly #compressor: Transform | undefined;
	#compressed: Buffer[] = [];
	#rows = 0;

	private constructor(
		private readonly file: HashedFile,
		private readonly text: CsvText,
		private readonly runId: string,
		options: CsvOptions,
	) {
		this.#compressor = createCompressor(options.compression);
		this.#compressor?.on('data', (chunk: Buffer) => this.#compressed.push(chunk));
	}

	static async create(
		path: string,
		table: Table,
		runId: string,
		options: CsvOptions,
	): Promise<CsvFile> {
		const text = new CsvText(table, options.escapeFormulas ?? false);
		const made = new CsvFile(await HashedFile.create(path), text, runId, options);
		await made.#append(text.writeHeader(), 0);
		return made;
	}

	async appendRows(rows: readonly Row[], extractedAt: string): Promise<void> {
		await this.#append(this.text.writeRows(rows, extractedAt, this.runId), rows.length);
	}

	async appendTombstone(id: string, extractedAt: string, deletedAt: string): Promise<void> {
		await this.#append(this.text.writeTombstone(id, extractedAt, this.runId, deletedAt), 1);
	}

	async finish(): Promise<FileFacts> {
		const compressor = this.#compressor;
		if (compressor) {
			await new Promise<void>((resolve, reject) => {
				compressor.once('end', resolve).once('error', reject).end();
			});
			await this.#drain();
		}
		return { rows: this.#rows, ...(await this.file.finish()) };
	}

	async discard(): Promise<void> {
		this.#compressor?.destroy();
		await this.file.discard();
	}

	async #append(text: string, rows: number): Promise<void> {
		const compressor = this.#compressor;
		if (compressor) {
			await new Promise<void>((resolve, reject) => {
				compressor.write(text, (error) => (error ? reject(error) : resolve()));
			});
			await this.#drain();
		} else {
			await this.file.append(Buffer.from(text));
		}
		this.#rows += rows;
	}

	async #drain(): Promise<void> {
		const chunks = this.#compressed;
		this.#compressed = [];
		for (const chunk of chunks) await this.file.append(chunk);
	}
}
