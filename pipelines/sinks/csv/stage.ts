import { mkdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row, Table } from '../../tables/table';
import type { Compression } from './compression';
import { CsvText } from './csv-text';
import { manifestName, type Manifest } from './manifest';
import { nameStaging, syncDirectory } from './run-directories';
import { StagedFile } from './staged-file';

interface OpenFile {
	readonly name: string;
	readonly text: CsvText;
	readonly file: StagedFile;
}

/** Files of a part that is not committed yet, in a hidden directory beside the committed ones. */
export class Stage {
	readonly #files = new Map<string, OpenFile>();
	readonly #path: string;
	readonly #begun = performance.now();
	#rows = 0;

	constructor(
		private readonly directory: string,
		private readonly runId: string,
		private readonly options: {
			readonly compression: Compression | undefined;
			readonly escapeFormulas: boolean;
		},
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
		const { text, file } = await this.#fileFor(table);
		await file.append(text.writeRows(rows, extractedAt, this.runId), rows.length);
		this.#rows += rows.length;
	}

	async appendTombstone(
		table: Table,
		id: string,
		extractedAt: string,
		deletedAt: string,
	): Promise<void> {
		const { text, file } = await this.#fileFor(table);
		await file.append(text.writeTombstone(id, extractedAt, this.runId, deletedAt), 1);
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

	async #fileFor(table: Table): Promise<OpenFile> {
		const open = this.#files.get(table.name);
		if (open) return open;
		const { compression, escapeFormulas } = this.options;
		const name = `${table.name}.csv${compression ? `.${compression}` : ''}`;
		const file = await StagedFile.create(join(this.#path, name), compression);
		const made = { name, file, text: new CsvText(table, escapeFormulas) };
		this.#files.set(table.name, made);
		await file.append(made.text.writeHeader(), 0);
		return made;
	}
}
