import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, isErrorLike } from './error-like';

/** SQLite's primary result codes for a file that another connection holds. */
const BUSY: readonly unknown[] = [5, 6];

/**
 * Holds a file against everybody else, other processes included: an exclusive transaction on an
 * empty SQLite file. The operating system drops such a lock with the process, so a killed one
 * leaves none behind. The file itself stays: removing it would race with the next holder.
 *
 * @param standoffMs how long to wait, and the whole process with it: two that begin at the very same
 * moment may else both find the file held.
 * @returns a function that lets go, or undefined where somebody else holds the file.
 * @throws what SQLite or the file system says of a path that cannot be used.
 */
export function holdFile(path: string, standoffMs = 0): (() => void) | undefined {
	createPrivately(path);
	const database = new DatabaseSync(path, { timeout: standoffMs });
	try {
		database.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		database.close();
		if (isErrorLike(error) && 'errcode' in error && BUSY.includes(error.errcode)) return undefined;
		throw error;
	}
	let held = true;
	return () => {
		if (held) database.close();
		held = false;
	};
}

/** Only where it is missing: to open and close a held file would drop this process's own locks. */
function createPrivately(path: string): void {
	try {
		closeSync(openSync(path, 'wx', 0o600));
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
	}
}
