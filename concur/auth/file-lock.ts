import { systemSleep } from '../clock';
import { ConfigurationError } from '../errors';
import { holdFile } from '../exclusive-file';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 25;

/**
 * Takes a lock that other processes respect. Waits up to 30 seconds.
 * @returns a function that lets go.
 * @throws {ConfigurationError} `TOKEN_FILE_LOCKED`, or `TOKEN_FILE_UNUSABLE` for a bad path.
 */
export async function holdFileLock(path: string, signal?: AbortSignal): Promise<() => void> {
	const start = performance.now();
	for (;;) {
		const release = tryHold(path);
		if (release) return release;
		if (performance.now() - start > PATIENCE_MS) {
			throw new ConfigurationError('TOKEN_FILE_LOCKED', `${path} is held by another process.`, {
				advice: 'Wait for the other run to end, or give each run a token file of its own.',
			});
		}
		// Not SQLite's own waiting: that would stop the whole process.
		await systemSleep(PAUSE_MS, signal);
	}
}

function tryHold(path: string): (() => void) | undefined {
	try {
		return holdFile(path);
	} catch (cause) {
		throw new ConfigurationError('TOKEN_FILE_UNUSABLE', `${path} cannot be used as a lock.`, {
			advice: 'Check the path and the rights of its folder; delete the lock file if it is damaged.',
			cause,
		});
	}
}
