import { DatabaseSync } from 'node:sqlite';
import { sqliteFailure } from './sqlite/failure';
import { TargetLockedError, unusableTarget } from './target-errors';

/** Holds a target until released or until the process ends, however it ends. */
export interface TargetLock {
	release(): void;
}

/**
 * Takes the lock of a target: an exclusive transaction on an empty SQLite file beside it. The
 * operating system drops such a lock with the process, so a killed run leaves none behind. The
 * file itself stays: removing it would race with the next holder.
 * @throws {TargetLockedError} at once, when another session holds it, in this process or another.
 */
export function lockTarget(lockFile: string, target: string): TargetLock {
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(lockFile);
		database.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		database?.close();
		const failure = sqliteFailure(error);
		if (failure === 'busy') throw new TargetLockedError(target);
		const reason =
			failure === 'notADatabase'
				? `${lockFile} is not a lock file of this package.`
				: `the lock file ${lockFile} cannot be written.`;
		throw unusableTarget(target, reason, error);
	}
	let held: DatabaseSync | undefined = database;
	return {
		release() {
			held?.close();
			held = undefined;
		},
	};
}
