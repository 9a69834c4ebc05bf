import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../error-like';
import { ConfigurationError } from '../errors';
import { holdFileLock } from './file-lock';
import { MemoryTokenStore, type StoredTokens, type TokenStore } from './token-store';
import { parseJson } from '../json';

const PRIVATE = 0o600;
const OTHERS = 0o077;

const fileSchema = z.object({
	version: z.literal(1),
	refreshToken: z.string().min(1),
	geolocation: z.string().optional(),
	startedFrom: z.string(),
});

/**
 * Keeps the refresh token in a file that only its owner can read, replaced atomically, with
 * `PATH.lock` beside it so that two processes never use up one rotating token.
 * @throws {ConfigurationError} from its methods: `TOKEN_FILE_CORRUPT`, `TOKEN_FILE_EXPOSED`,
 * `TOKEN_FILE_UNUSABLE`, `TOKEN_FILE_LOCKED`.
 */
export class FileTokenStore implements TokenStore {
	// Callers in this process queue here; only their first meets the lock file.
	readonly #turns = new MemoryTokenStore();

	constructor(private readonly path: string) {}

	async read(): Promise<StoredTokens | undefined> {
		const text = await this.#readText();
		if (text === undefined) return undefined;
		const parsed = fileSchema.safeParse(parseJson(text));
		if (!parsed.success) {
			throw this.#trouble('TOKEN_FILE_CORRUPT', 'does not hold what this program wrote', {
				advice: 'Delete it and run again with a fresh grant or refresh token.',
			});
		}
		const { refreshToken, geolocation, startedFrom } = parsed.data;
		return { refreshToken, geolocation, startedFrom };
	}

	async write(tokens: StoredTokens): Promise<void> {
		const temporary = `${this.path}.${process.pid}.tmp`;
		try {
			await rm(temporary, { force: true });
			const file = await open(temporary, 'wx', PRIVATE);
			try {
				await file.writeFile(`${JSON.stringify({ version: 1, ...tokens })}\n`);
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(temporary, this.path);
			await syncFolder(dirname(this.path));
		} catch (cause) {
			await rm(temporary, { force: true }).catch(() => undefined);
			throw this.#trouble('TOKEN_FILE_UNUSABLE', 'could not be written', { cause });
		}
	}

	exclusively<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		return this.#turns.exclusively(async () => {
			const release = await holdFileLock(`${this.path}.lock`, signal);
			try {
				return await work();
			} finally {
				release();
			}
		});
	}

	async #readText(): Promise<string | undefined> {
		try {
			const { mode } = await stat(this.path);
			// Windows has no such bits: there the folder's rights decide.
			if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
				throw this.#trouble('TOKEN_FILE_EXPOSED', 'can be read by other users of this machine', {
					advice: `Run chmod 600 on it; replace the token if others may have read it.`,
				});
			}
			return await readFile(this.path, 'utf8');
		} catch (cause) {
			if (cause instanceof ConfigurationError) throw cause;
			if (codeOf(cause) === 'ENOENT') return undefined;
			throw this.#trouble('TOKEN_FILE_UNUSABLE', 'could not be read', { cause });
		}
	}

	#trouble(
		code: string,
		what: string,
		details: { readonly advice?: string; readonly cause?: unknown },
	): ConfigurationError {
		return new ConfigurationError(code, `The token file ${this.path} ${what}.`, {
			advice: 'Check the path, its folder and the free space, then run again.',
			...details,
		});
	}
}

/** Makes the rename itself survive a power cut; not every platform can. */
async function syncFolder(folder: string): Promise<void> {
	try {
		const handle = await open(folder, 'r');
		await handle.sync().finally(() => handle.close());
	} catch {
		return;
	}
}
