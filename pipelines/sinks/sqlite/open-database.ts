import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, isErrorLike } from '../../../concur/error-like';
import { ConcurError } from '../../../concur/errors';
import { DamagedRow } from '../sql/parse-rows';
import { corruptTarget, foreignTarget, TargetLockedError, unusableTarget } from '../target-errors';
import { sqliteFailure } from './failure';

/**
 * Whether the file is there. Asks the file system for names only: opening the file here would, on
 * closing it, drop the locks that SQLite holds on it in this process.
 * @throws {ConfigurationError} when its directory is missing or it is no file.
 */
export function fileExists(file: string, target: string): boolean {
	const directory = statSync(dirname(file), { throwIfNoEntry: false });
	if (!directory) throw unusableTarget(target, `the directory ${dirname(file)} does not exist.`);
	if (!directory.isDirectory()) throw unusableTarget(target, `${dirname(file)} is no directory.`);
	const found = statSync(file, { throwIfNoEntry: false });
	if (found && !found.isFile()) throw foreignTarget(target, 'it is no file.');
	return found !== undefined;
}

/** Opens the database file; other programs that hold it for a moment are waited for. */
export function openDatabase(file: string | URL, readOnly: boolean): DatabaseSync {
	const database = new DatabaseSync(file, { readOnly });
	database.exec('PRAGMA busy_timeout = 10000');
	return database;
}

/** What the system answers where rights are missing. */
const DENIED = ['EACCES', 'EPERM'];

/** Runs `work` and turns SQLite's errors into ones that say what is wrong with the target. */
export function explainErrors<Result>(target: string, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		throw explain(target, error);
	}
}

function explain(target: string, error: unknown): unknown {
	if (error instanceof ConcurError) return error;
	if (error instanceof DamagedRow) return error.of(target);
	const missing = isErrorLike(error) && /^no such (table|column): (\S+)/.exec(error.message);
	if (missing) return corruptTarget(target, `its ${missing[1]} ${missing[2]} is missing.`, error);
	if (DENIED.includes(codeOf(error) ?? ''))
		return unusableTarget(target, 'the system lets nobody in.', error);
	switch (sqliteFailure(error)) {
		case 'notADatabase':
			return foreignTarget(target, 'it is no SQLite database.');
		case 'corrupt':
			return corruptTarget(target, 'SQLite finds its content malformed.', error);
		case 'busy':
			return new TargetLockedError(target);
		case 'readOnly':
			return unusableTarget(target, 'it cannot be written.', error);
		case 'cannotOpen':
			return unusableTarget(target, 'it cannot be opened.', error);
		case 'full':
			return unusableTarget(target, 'the disk is full.', error);
		case 'inputOutput':
			return unusableTarget(target, 'the disk reports an error.', error);
		default:
			return error;
	}
}
