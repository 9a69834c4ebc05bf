import { isErrorLike } from '../../concur/error-like';
import { ConcurError, ConfigurationError } from '../../concur/errors';

/** Another run holds the target. */
export class TargetLockedError extends ConcurError {
	constructor(target: string) {
		super('TARGET_LOCKED', `Another run is writing to ${target}.`, {
			advice: 'Wait until it has finished, or give this run a target of its own.',
		});
	}
}

/** The target could not take what was written; what earlier commits stored is still there. */
export class TargetWriteError extends ConcurError {
	constructor(target: string, cause: unknown) {
		const reason = isErrorLike(cause) ? cause.message : 'for an unknown reason';
		super('TARGET_WRITE_FAILED', `Writing to ${target} failed: ${reason}.`, {
			advice: 'Make room or repair the target, then run again: committed work is kept.',
			cause,
		});
	}
}

/** The target went away under the run: what it has written went with it, coverage and all. */
export class TargetLostError extends ConcurError {
	constructor(target: string, what: string) {
		super(
			'TARGET_LOST',
			`${target} was ${what} while this run wrote to it: what the run has written is lost.`,
			{
				advice:
					'Find out what deletes or replaces it (a clean-up, a restore, a file synchronizer), then run again: the run goes on from what the target then holds.',
			},
		);
	}
}

export function foreignTarget(target: string, found: string): ConfigurationError {
	return new ConfigurationError('TARGET_FOREIGN', `${target} is not ours: ${found}`, {
		advice: 'Choose another place. Nothing was written.',
	});
}

export function unusableTarget(
	target: string,
	reason: string,
	cause?: unknown,
): ConfigurationError {
	return new ConfigurationError('TARGET_UNUSABLE', `${target} cannot be used: ${reason}`, {
		advice: 'Make the place exist and writable, or choose another.',
		...(cause === undefined ? {} : { cause }),
	});
}

export function corruptTarget(
	target: string,
	reason: string,
	cause?: unknown,
	advice = 'Restore it from a backup, or choose another target. Nothing was changed.',
): ConfigurationError {
	return new ConfigurationError('TARGET_CORRUPT', `${target} is damaged: ${reason}`, {
		advice,
		...(cause === undefined ? {} : { cause }),
	});
}

export function newerTarget(target: string, version: number, known: number): ConfigurationError {
	return new ConfigurationError(
		'TARGET_NEWER',
		`${target} was written by a newer version of this package (format ${version}; this one knows ${known}).`,
		{ advice: 'Update n8n-nodes-sap-concur. Nothing was changed.' },
	);
}

/** For a journal: what it has of a record is all that it ever had. */
export function historyNotKept(target: string): ConfigurationError {
	return new ConfigurationError(
		'HISTORY_NOT_KEPT',
		`${target} keeps no history beside its rows: it is one, and the newest row of an id is its state.`,
		{ advice: 'Leave --history out, or export to sqlite: or postgres:. Nothing was written.' },
	);
}
