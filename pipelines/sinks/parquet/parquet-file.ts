import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Row, Table } from '../../tables/table';
import { HashedFile } from '../folder/hashed-file';
import type { FileFacts, TableFile } from '../folder/table-file';
import { describeSchema } from './parquet-schema';
import { RowGroup } from './row-group';

/**
 * A row group is held in memory until it is written: this many rows or characters of it at most.
 * Larger ones would compress little better.
 */
const groupRows = 10_000;
const groupWeight = 8_000_000;

/** A Parquet file being written, group of rows by group of rows, never whole in memory. */
export class ParquetFile implements TableFile {
	readonly #bytes = new ByteWriter();
	readonly #writer: ParquetWriter;
	readonly #group: RowGroup;
	#rows = 0;

	private constructor(
		private readonly file: HashedFile,
		private readonly table: Table,
		private readonly runId: string,
	) {
		this.#group = new RowGroup(table);
		this.#writer = new ParquetWriter({
			writer: this.#bytes,
			schema: describeSchema(table),
			createdBy: 'n8n-nodes-sap-concur (hyparquet-writer)',
		});
	}

	static async create(path: string, table: Table, runId: string): Promise<ParquetFile> {
		return new ParquetFile(await HashedFile.create(path), table, runId);
	}

	async appendRows(rows: readonly Row[], extractedAt: string): Promise<void> {
		for (const { cells } of rows) {
			this.#group.add(cells, [extractedAt, this.runId, null]);
			await this.#writeFullGroup();
		}
	}

	async appendTombstone(id: string, extractedAt: string, deletedAt: string): Promise<void> {
		const cells = this.table.columns.map(({ name }) => (name === this.table.key[0] ? id : null));
		this.#group.add(cells, [extractedAt, this.runId, deletedAt]);
		await this.#writeFullGroup();
	}

	async finish(): Promise<FileFacts> {
		if (this.#group.rows > 0) await this.#writeGroup();
		await this.#writer.finish();
		await this.#drain();
		return { rows: this.#rows, ...(await this.file.finish()) };
	}

	async discard(): Promise<void> {
		await this.file.discard();
	}

	async #writeFullGroup(): Promise<void> {
		if (this.#group.rows >= groupRows || this.#group.weight >= groupWeight)
			await this.#writeGroup();
	}

	async #writeGroup(): Promise<void> {
		const rows = this.#group.rows;
		await this.#writer.write({ columnData: this.#group.take(), rowGroupSize: rows });
		await this.#drain();
		this.#rows += rows;
	}

	/** Moves what is encoded to the disk; the offsets that Parquet needs go on counting. */
	async #drain(): Promise<void> {
		await this.file.append(this.#bytes.getBytes());
		this.#bytes.index = 0;
	}
}
