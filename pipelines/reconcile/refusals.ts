import { ConcurError, ConfigurationError } from '../../concur/errors';
import type { Sink } from '../sinks/sink';

/** For targets that only take rows. */
export function notSearchable({ target }: Sink): ConfigurationError {
	return new ConfigurationError(
		'TARGET_NOT_SEARCHABLE',
		`${target} is a journal: rows are added to it and it is never searched, so reconcile cannot know which requests it has.`,
		{
			advice:
				'Reconcile a SQLite or PostgreSQL target. For this one, export into a new place and compare the ids there.',
		},
	);
}

export function nothingExported(target: string): ConfigurationError {
	return new ConfigurationError(
		'TARGET_NOTHING_EXPORTED',
		`${target} holds no export that could be reconciled.`,
		{ advice: 'Run an export to it first.' },
	);
}

export function otherUsers(target: string): ConfigurationError {
	return new ConfigurationError(
		'TARGET_OTHER_USERS',
		`${target} was filled for other users than the ones given here.`,
		{
			advice:
				'Give --user, --users-file or --all-users as the exports did; `status` shows the users of a target.',
		},
	);
}

/** A list that shows nothing does not say whose requests it would show. */
export function tellsNothing(): ConcurError {
	return new ConcurError(
		'RECONCILE_EMPTY_LIST',
		"Concur lists no request at all for the token's own user, and the target has some: whose they are cannot be told.",
		{ advice: 'Check that it is the token of the exports; or name the user with --user.' },
	);
}
