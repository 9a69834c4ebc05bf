import { checkCount } from '../check-count';
import type { ConcurClient } from '../client';
import { ADVICE_403, MOST_USERS, readUserPage, userAttributes, type UserPage } from './user-page';

export interface UserSearch {
	/** Part of a login or display name, whatever its case; everybody without it. */
	readonly text?: string | undefined;
	/** Users a page, 1 to 1000; Concur takes 100 where none is given. */
	readonly count?: number | undefined;
	/** The `nextCursor` of the page before, with the same text. */
	readonly cursor?: string | undefined;
}

const SEARCH_SCHEMA = 'urn:ietf:params:scim:api:messages:concur:2.0:SearchRequest';
const DEFAULT_USERS = 100;

/**
 * One page of the users whose login or display name contains a text, Identity v4.1, "Search For
 * Users": company tokens only. It only reads, so it is repeated on faults although it is a POST.
 * @throws what {@link ConcurClient.request} throws; a ConfigurationError `INVALID_PARAMETER` for a
 * count out of bounds; {@link UnexpectedBodyError} where a user has no id.
 */
export async function searchUsers(
	client: ConcurClient,
	search: UserSearch = {},
	options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<UserPage> {
	const count = checkCount('count', search.count, 1, MOST_USERS);
	const answer = await client.request({
		method: 'POST',
		path: '/profile/identity/v4.1/Users/.search',
		json: {
			schemas: [SEARCH_SCHEMA],
			attributes: userAttributes,
			filter: filterFor(search.text),
			count,
			cursor: search.cursor,
		},
		repeat: 'freely',
		maxItems: count ?? DEFAULT_USERS,
		advice: { 403: ADVICE_403 },
		signal: options.signal,
	});
	return readUserPage(answer);
}

/** A SCIM filter; its texts are JSON texts (RFC 7644, 3.4.2.2), so quotes cannot end them. */
function filterFor(text: string | undefined): string | undefined {
	const wanted = text?.trim() ?? '';
	if (wanted === '') return undefined;
	const quoted = JSON.stringify(wanted);
	return `userName co ${quoted} or displayName co ${quoted}`;
}
