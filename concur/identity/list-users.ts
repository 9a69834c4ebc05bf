import type { ConcurClient } from '../client';
import { IncompleteUserListError } from '../errors';
import type { ConcurAnswer } from '../exchange';
import { ADVICE_403, MOST_USERS, readUserPage, userAttributes, type ConcurUser } from './user-page';

export interface ListUsersOptions {
	/** Users a page, 1 to 1000; 1000 unless told. */
	readonly count?: number;
	readonly signal?: AbortSignal | undefined;
}

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
			query: { attributes: userAttributes.join(), count, cursor },
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
