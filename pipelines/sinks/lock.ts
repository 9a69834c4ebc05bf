import { holdFile } from '../../concur/exclusive-file';
import { sqliteFailure } from './sqlite/failure';
import { TargetLockedError, unusableTarget } from './target-errors';

/** Nobody takes a target's lock twice, so a moment's wait costs nothing where it is free. */
const STANDOFF_MS = 200;

/** Holds a target until released or until the process ends, however it ends. */
export interface TargetLock {
	release(): void;
}

/**
 * Takes the lock of a target, a file beside it or in it.
 * @throws {TargetLockedError} at once, when another session holds it, in this process or another.
 */
export function lockTarget(lockFile: string, target: string): TargetLock {
	let release: (() => void) | undefined;
	try {
		release = holdFile(lockFile, STANDOFF_MS);
	} catch (error) {
		const reason =
			sqliteFailure(error) === 'notADatabase'
				? `${lockFile} is not a lock file of this package.`
				: `the lock file ${lockFile} cannot be written.`;
		throw unusableTarget(target, reason, error);
	}
	if (!release) throw new TargetLockedError(target);
	return { release };
}
