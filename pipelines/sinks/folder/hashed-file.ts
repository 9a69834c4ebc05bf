import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/** A new file, hashed as it is on disk. */
export class HashedFile {
	readonly #hash = createHash('sha256');
	#bytes = 0;

	private constructor(private readonly handle: FileHandle) {}

	static async create(path: string): Promise<HashedFile> {
		return new HashedFile(await open(path, 'wx'));
	}

	async append(bytes: Uint8Array): Promise<void> {
		this.#hash.update(bytes);
		this.#bytes += bytes.length;
		// Unlike `write`, goes on where the system took only a part.
		await this.handle.writeFile(bytes);
	}

	/** Ends the file; it is on the disk when this returns. */
	async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
		await this.handle.sync();
		await this.handle.close();
		return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
	}

	async discard(): Promise<void> {
		await this.handle.close();
	}
}
