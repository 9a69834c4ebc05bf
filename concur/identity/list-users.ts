import { hasId, readItems, unexpected } from '../answers';
import type { ConcurClient } from '../client';
import { IncompleteUserListError } from '../errors';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject, type JsonObject } from '../json';

/** A user as far as an extract needs it; inactive users too, since their requests are history. */
export interface ConcurUser {
	/** The UUID that other APIs take as userId. */
	readonly id: string;
	readonly active: boolean;
	readonly userName?: string;
	readonly displayName?: string;
}

export interface ListUsersOptions {
	/** Users a page, 1 to 1000; 1000 unless told. */
	readonly count?: number;
	readonly signal?: AbortSignal | undefined;
}

const MOST_USERS = 1000;

const ADVICE_403 =
	'Listing users needs a company token and the scopes identity.user.ids.read and identity.user.core.read; without them, name the users yourself.';

/**
 * All users of the company, page by page (Identity v4.1, "Retrieve Users"): company tokens only.
 * The pages follow SCIM's cursors; the answer's `nextCursor` is absent on the last page.
 * @throws {IncompleteUserListError} where the pages end before `totalResults` users were seen:
 * people silently missing would be requests silently missing.
 */
export async function* listUsers(
	client: ConcurClient,
	options: ListUsersOptions = {},
): AsyncGenerator<ConcurUser[], void, undefined> {
	const count = options.count ?? MOST_USERS;
	const seen = new Set<string>();
	const cursors = new Set<string>();
	let cursor: string | undefined;
	for (;;) {
		const answer = await client.request({
			method: 'GET',
			path: '/profile/identity/v4.1/Users',
			query: { attributes: 'id,active,userName,displayName', count, cursor },
			maxItems: count,
			advice: { 403: ADVICE_403 },
			signal: options.signal,
		});
		const page = readUserPage(answer);
		const fresh = page.users.filter((user) => !seen.has(user.id));
		for (const user of fresh) seen.add(user.id);
		if (fresh.length > 0) yield fresh;
		cursor = page.nextCursor;
		if (cursor === undefined || cursors.has(cursor)) {
			if (cursor !== undefined || seen.size < page.total) {
				throw incomplete(answer, seen.size, page.total);
			}
			return;
		}
		cursors.add(cursor);
	}
}

interface UserPage {
	readonly users: readonly ConcurUser[];
	readonly total: number;
	readonly nextCursor: string | undefined;
}

function readUserPage(answer: ConcurAnswer): UserPage {
	const { data } = answer;
	if (!isJsonObject(data)) throw unexpected(answer, 'is not a user list');
	const users = readItems(answer, data['Resources'], 'users').map((user) => readUser(answer, user));
	const { totalResults, nextCursor } = data;
	return {
		users,
		total: typeof totalResults === 'number' ? totalResults : 0,
		nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined,
	};
}

function readUser(answer: ConcurAnswer, user: JsonObject): ConcurUser {
	if (!hasId(user)) throw unexpected(answer, 'has a user without an id');
	const { id, active, userName, displayName } = user;
	return {
		id,
		active: active !== false,
		...(typeof userName === 'string' && { userName }),
		...(typeof displayName === 'string' && { displayName }),
	};
}

function incomplete(answer: ConcurAnswer, seen: number, total: number): IncompleteUserListError {
	return new IncompleteUserListError(
		'CONCUR_INCOMPLETE_USER_LIST',
		`Concur announced ${total} users but its pages ended after ${seen}.`,
		{
			correlationId: answer.correlationId,
			advice: 'Run again; if it stays, give the user ids in a file and tell SAP support.',
		},
	);
}
