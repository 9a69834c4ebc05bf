import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ConcurClient } from '../../concur/client';
import { ConfigurationError } from '../../concur/errors';
import { listUsers } from '../../concur/identity/list-users';

export interface UserChoice {
	readonly user: readonly string[];
	readonly usersFile: string | undefined;
	readonly allUsers: boolean;
}

/** A Concur user is named by a UUID (Identity v4.1); a line with more than that is not one. */
const USER_ID = /^[0-9A-Za-z_-]{1,64}$/;

/**
 * The users whose requests are extracted: those given, those of a file, or all of the company.
 * Where none is asked for it is the one the token belongs to, named ''.
 *
 * @throws {ConfigurationError} for a file that cannot be read or a line that is no user id.
 */
export async function* chooseUsers(
	choice: UserChoice,
	client: ConcurClient,
	signal: AbortSignal,
): AsyncGenerator<string> {
	for (const user of choice.user) yield checkUserId(user, '--user');
	if (choice.usersFile !== undefined) yield* readUsersFile(choice.usersFile);
	if (choice.allUsers) {
		for await (const page of listUsers(client, { signal })) yield* page.map(({ id }) => id);
	}
	if (choice.user.length === 0 && choice.usersFile === undefined && !choice.allUsers) yield '';
}

/** One user id a line; empty lines and lines that begin with # say nothing. */
async function* readUsersFile(file: string): AsyncGenerator<string> {
	const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
	try {
		for await (const line of lines) {
			const id = line.trim();
			if (id !== '' && !id.startsWith('#')) yield checkUserId(id, file);
		}
	} catch (cause) {
		if (cause instanceof ConfigurationError) throw cause;
		throw new ConfigurationError('USERS_FILE_UNREADABLE', `${file} cannot be read.`, {
			advice: 'Give --users-file a text file with one user id a line.',
			cause,
		});
	} finally {
		lines.close();
	}
}

function checkUserId(id: string, source: string): string {
	if (USER_ID.test(id)) return id;
	throw new ConfigurationError(
		'USER_ID_INVALID',
		`${source}: ${JSON.stringify(id.slice(0, 80))} is not a Concur user id.`,
		{ advice: "Use the user's UUID, e.g. c0d9894b-98e2-48d5-86f9-1decde90dd15." },
	);
}
