import { mkdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row, Table } from '../../tables/table';
import { manifestName, type Manifest } from './manifest';
import { nameStaging, syncDirectory } from './run-directories';
import type { FileFormat, TableFile } from './table-file';

/** Files of a part that is not committed yet, in a hidden directory beside the committed ones. */
export class Stage {
	readonly #files = new Map<string, { readonly name: string; readonly file: TableFile }>();
	readonly #path: string;
	readonly #begun = performance.now();
	#rows = 0;

	constructor(
		private readonly directory: string,
		private readonly runId: string,
		private readonly format: FileFormat,
	) {
		this.#path = join(directory, nameStaging(runId));
		mkdirSync(this.#path);
	}

	get rows(): number {
		return this.#rows;
	}

	get age(): number {
		return performance.now() - this.#begun;
	}

	async appendRows(table: Table, rows: readonly Row[], extractedAt: string): Promise<void> {
		const file = await this.#fileFor(table);
		await file.appendRows(rows, extractedAt);
		this.#rows += rows.length;
	}

	async appendTombstone(
		table: Table,
		id: string,
		extractedAt: string,
		deletedAt: string,
	): Promise<void> {
		const file = await this.#fileFor(table);
		await file.appendTombstone(id, extractedAt, deletedAt);
		this.#rows++;
	}

	/** Syncs all files and the manifest, then lets them appear under `name` in one rename. */
	async commit(name: string, describe: (files: Manifest['files']) => Manifest): Promise<void> {
		const files: Manifest['files'] = [];
		for (const [table, { name: fileName, file }] of this.#files)
			files.push({ name: fileName, table, ...(await file.finish()) });
		this.#files.clear();
		const manifest = await open(join(this.#path, manifestName), 'wx');
		try {
			await manifest.writeFile(`${JSON.stringify(describe(files), null, '\t')}\n`);
			await manifest.sync();
		} finally {
			await manifest.close();
		}
		await syncDirectory(this.#path);
		await rename(this.#path, join(this.directory, name));
		await syncDirectory(this.directory);
	}

	async discard(): Promise<void> {
		for (const { file } of this.#files.values()) await file.discard();
		this.#files.clear();
		rmSync(this.#path, { recursive: true, force: true });
	}

	async #fileFor(table: Table): Promise<TableFile> {
		const open = this.#files.get(table.name);
		if (open) return open.file;
		const name = table.name + this.format.extension;
		const file = await this.format.createFile(join(this.#path, name), table, this.runId);
		this.#files.set(table.name, { name, file });
		return file;
	}
}
