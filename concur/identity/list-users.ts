import type { ConcurClient } from '../client';
import { IncompleteUserListError } from '../errors';
import type { ConcurAnswer } from '../exchange';
import { ADVICE_403, MOST_USERS, readUserPage, userAttributes, type ConcurUser } from './user-page';

export interface ListUsersOptions {
	/** Users a page, 1 to 1000; 1000 unless told. */
	readonly count?: number;
	readonly signal?: AbortSignal | undefined;
}

/** So many pages in a row without anybody new: a cursor that leads nowhere, however new it looks. */
const MOST_IDLE_PAGES = 3;

/**
 * All users of the company, page by page (Identity v4.1, "Retrieve Users"): company tokens only.
 * The pages follow SCIM's cursors; the answer's `nextCursor` is absent on the last page.
 * @throws {IncompleteUserListError} where the pages end before `totalResults` users were seen, or
 * never end, and after the last page where a user has no id: people silently missing would be
 * requests silently missing.
 */
export async function* listUsers(
	client: ConcurClient,
	options: ListUsersOptions = {},
): AsyncGenerator<ConcurUser[], void, undefined> {
	const count = options.count ?? MOST_USERS;
	const seen = new Set<string>();
	const cursors = new Set<string>();
	let cursor: string | undefined;
	let unreadable = 0;
	let idle = 0;
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
		unreadable += page.unreadable;
		if (fresh.length > 0) yield fresh;
		idle = fresh.length > 0 ? 0 : idle + 1;
		cursor = page.nextCursor;
		if (cursor === undefined) {
			if (unreadable > 0) throw incomplete(answer, withoutId(unreadable));
			if (seen.size < page.total) throw incomplete(answer, endedEarly(seen.size, page.total));
			return;
		}
		if (cursors.has(cursor) || idle >= MOST_IDLE_PAGES)
			throw incomplete(answer, neverEnds(seen.size));
		cursors.add(cursor);
	}
}

function withoutId(count: number): string {
	return `${count} of the users that Concur lists have no id, so their requests cannot be asked for.`;
}

function endedEarly(seen: number, total: number): string {
	return `Concur announced ${total} users but its pages ended after ${seen}.`;
}

function neverEnds(seen: number): string {
	return `Concur's pages of users name a next one again and again, and show nobody new after ${seen}.`;
}

function incomplete(answer: ConcurAnswer, message: string): IncompleteUserListError {
	return new IncompleteUserListError('CONCUR_INCOMPLETE_USER_LIST', message, {
		correlationId: answer.correlationId,
		advice: 'Run again; if it stays, give the user ids in a file and tell SAP support.',
	});
}
