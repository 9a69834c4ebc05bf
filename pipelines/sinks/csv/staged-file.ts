import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { createCompressor, type Compression } from './compression';

/** What a finished file turned out to be. */
export interface FileFacts {
	readonly rows: number;
	readonly bytes: number;
	readonly sha256: string;
}

/** A file being written: compressed if asked, hashed as it is on disk, never whole in memory. */
export class StagedFile {
	readonly #hash = createHash('sha256');
	readonly #compressor: Transform | undefined;
	#compressed: Buffer[] = [];
	#rows = 0;
	#bytes = 0;

	private constructor(
		private readonly handle: FileHandle,
		compression: Compression | undefined,
	) {
		this.#compressor = createCompressor(compression);
		this.#compressor?.on('data', (chunk: Buffer) => this.#compressed.push(chunk));
	}

	static async create(path: string, compression: Compression | undefined): Promise<StagedFile> {
		return new StagedFile(await open(path, 'wx'), compression);
	}

	async append(text: string, rows: number): Promise<void> {
		const compressor = this.#compressor;
		if (compressor) {
			await new Promise<void>((resolve, reject) => {
				compressor.write(text, (error) => (error ? reject(error) : resolve()));
			});
			await this.#drain();
		} else {
			await this.#store(Buffer.from(text));
		}
		this.#rows += rows;
	}

	/** Ends the file; it is on the disk when this returns. */
	async finish(): Promise<FileFacts> {
		const compressor = this.#compressor;
		if (compressor) {
			await new Promise<void>((resolve, reject) => {
				compressor.once('end', resolve).once('error', reject).end();
			});
			await this.#drain();
		}
		await this.handle.sync();
		await this.handle.close();
		return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
	}

	/** Closes the file without caring for its content. */
	async discard(): Promise<void> {
		this.#compressor?.destroy();
		await this.handle.close();
	}

	async #drain(): Promise<void> {
		const chunks = this.#compressed;
		this.#compressed = [];
		for (const chunk of chunks) await this.#store(chunk);
	}

	async #store(bytes: Buffer): Promise<void> {
		this.#hash.update(bytes);
		this.#bytes += bytes.length;
		// Unlike `write`, goes on where the system took only a part.
		await this.handle.writeFile(bytes);
	}
}
