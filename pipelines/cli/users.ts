import { readFileSync } from 'node:fs';
import type { ConcurClient } from '../../concur/client';
import { ConcurError, ConfigurationError } from '../../concur/errors';
import { listUsers } from '../../concur/identity/list-users';

/** Whose requests to extract. Neither listed nor all: the one the token belongs to. */
export interface UserChoice {
	readonly listed: readonly string[];
	readonly all: boolean;
}

/** A Concur user is named by a UUID (Identity v4.1); a text with more than that is not one. */
const USER_ID = /^[0-9A-Za-z_-]{1,64}$/;

/**
 * Reads the flags about users, before anything is done with them.
 *
 * @param file one user id a line; empty lines and lines that begin with # say nothing.
 * @throws {ConfigurationError} for a file that cannot be read, a text that is no user id, and for
 * some users named beside all.
 */
export function readUserChoice(
	user: readonly string[],
	file: string | undefined,
	all: boolean,
): UserChoice {
	if (all && (user.length > 0 || file !== undefined)) {
		const flag = user.length > 0 ? '--user' : '--users-file';
		throw new ConfigurationError(
			'USERS_CONTRADICT',
			`--all-users names everybody already, and ${flag} some of them.`,
			{ advice: `Leave out --all-users to export those of ${flag}, or ${flag} to export all.` },
		);
	}
	const given = user.map((id) => checkUserId(id, '--user'));
	return { listed: file === undefined ? given : [...given, ...readUsersFile(file)], all };
}

/**
 * The chosen users one by one; '' is the token's own.
 * @throws {ConcurError} `CONCUR_NO_USERS` where all were chosen and Concur lists none: nobody's
 * requests are not the company's.
 */
export async function* eachUser(
	{ listed, all }: UserChoice,
	client: ConcurClient,
	signal: AbortSignal,
): AsyncGenerator<string> {
	yield* listed;
	if (all) yield* everyUser(client, signal);
	if (listed.length === 0 && !all) yield '';
}

async function* everyUser(client: ConcurClient, signal: AbortSignal): AsyncGenerator<string> {
	let count = 0;
	for await (const page of listUsers(client, { signal })) {
		count += page.length;
		yield* page.map(({ id }) => id);
	}
	if (count > 0) return;
	throw new ConcurError('CONCUR_NO_USERS', 'Concur lists no user at all for --all-users.', {
		advice:
			'Check that the token is a company token with the scope identity.user.ids.read, or name the users with --user or --users-file.',
	});
}

function readUsersFile(file: string): string[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (cause) {
		throw new ConfigurationError('USERS_FILE_UNREADABLE', `${file} cannot be read.`, {
			advice: 'Give --users-file a text file with one user id a line.',
			cause,
		});
	}
	const ids = text.split(/\r?\n/).map((line) => line.trim());
	const users = ids.filter((id) => id !== '' && !id.startsWith('#'));
	if (users.length > 0) return users.map((id) => checkUserId(id, file));
	throw new ConfigurationError('USERS_FILE_EMPTY', `${file} names no user.`, {
		advice: 'Write one user id a line.',
	});
}

function checkUserId(id: string, source: string): string {
	if (USER_ID.test(id)) return id;
	throw new ConfigurationError(
		'USER_ID_INVALID',
		`${source}: ${JSON.stringify(id.slice(0, 80))} is not a Concur user id.`,
		{ advice: "Use the user's UUID, e.g. c0d9894b-98e2-48d5-86f9-1decde90dd15." },
	);
}
