import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { systemSleep } from '../clock';
import { isErrorLike } from '../error-like';
import { ConfigurationError } from '../errors';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 25;

/**
 * Takes a lock that other processes respect and that the system lets go of when this process dies:
 * an exclusive transaction on a small SQLite file. Waits up to 30 seconds.
 * @returns a function that lets go.
 * @throws {ConfigurationError} `TOKEN_FILE_LOCKED`, or `TOKEN_FILE_UNUSABLE` for a bad path.
 */
export async function holdFileLock(path: string, signal?: AbortSignal): Promise<() => void> {
	const database = openLockFile(path);
	try {
		const start = performance.now();
		while (!tryLock(database, path)) {
			if (performance.now() - start > PATIENCE_MS) {
				throw new ConfigurationError('TOKEN_FILE_LOCKED', `${path} is held by another process.`, {
					advice: 'Wait for the other run to end, or give each run a token file of its own.',
				});
			}
			// Not SQLite's own waiting: that would stop the whole process.
			await systemSleep(PAUSE_MS, signal);
		}
	} catch (error) {
		database.close();
		throw error;
	}
	return () => {
		database.close();
	};
}

function openLockFile(path: string): DatabaseSync {
	try {
		closeSync(openSync(path, 'a', 0o600));
		if (process.platform !== 'win32') chmodSync(path, 0o600);
		return new DatabaseSync(path, { timeout: 0 });
	} catch (cause) {
		throw unusable(path, cause);
	}
}

/** Closing the connection later ends the transaction, which has nothing to commit. */
function tryLock(database: DatabaseSync, path: string): boolean {
	try {
		database.exec('BEGIN EXCLUSIVE');
		return true;
	} catch (cause) {
		if (isErrorLike(cause) && /locked|busy/i.test(cause.message)) return false;
		throw unusable(path, cause);
	}
}

function unusable(path: string, cause: unknown): ConfigurationError {
	return new ConfigurationError('TOKEN_FILE_UNUSABLE', `${path} cannot be used as a lock.`, {
		advice: 'Check the path and the rights of its folder; delete the lock file if it is damaged.',
		cause,
	});
}
