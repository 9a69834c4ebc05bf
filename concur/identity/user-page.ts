import { hasId, unexpected } from '../answers';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject } from '../json';

/** A user as far as an extract or a picker needs it; inactive ones too: their requests are history. */
export interface ConcurUser {
	/** The UUID that other APIs take as userId. */
	readonly id: string;
	readonly active: boolean;
	readonly userName?: string;
	readonly displayName?: string;
}

export interface UserPage {
	readonly users: ConcurUser[];
	/** Members of the page that are no user or have no id. */
	readonly unreadable: number;
	/** Of all pages; 0 where Concur does not say. */
	readonly total: number;
	/** Undefined on the last page. */
	readonly nextCursor: string | undefined;
}

/** The attributes that {@link readUserPage} reads. */
export const userAttributes = ['id', 'active', 'userName', 'displayName'];

export const MOST_USERS = 1000;

/** Advice on a refusal of Identity. */
export const ADVICE_403 =
	'Listing users needs a company token and the scopes identity.user.ids.read and identity.user.core.read; without them, name the users yourself.';

/**
 * Reads an answer that is one page of users. As with requests, nobody is there only where a whole
 * answer says so: with status 200 and an array, which SCIM lets a server leave out where
 * `totalResults` is 0 (RFC 7644, 3.4.2).
 */
export function readUserPage(answer: ConcurAnswer): UserPage {
	const { status, data } = answer;
	if (status !== 200) throw unexpected(answer, `has status ${status}, so it is no whole user list`);
	if (!isJsonObject(data)) throw unexpected(answer, 'is not a user list');
	const { totalResults, nextCursor } = data;
	const rows = readRows(answer, data['Resources'] ?? undefined, totalResults);
	const users = rows.flatMap(readUser);
	return {
		users,
		unreadable: rows.length - users.length,
		total: typeof totalResults === 'number' ? totalResults : 0,
		nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined,
	};
}

function readRows(answer: ConcurAnswer, resources: unknown, total: unknown): readonly unknown[] {
	if (Array.isArray(resources)) return resources;
	if (resources === undefined && total === 0) return [];
	throw unexpected(answer, 'is not a user list: `Resources` is no array');
}

function readUser(user: unknown): ConcurUser[] {
	if (!isJsonObject(user) || !hasId(user)) return [];
	const { id, active, userName, displayName } = user;
	return [
		{
			id,
			active: active !== false,
			...(typeof userName === 'string' && { userName }),
			...(typeof displayName === 'string' && { displayName }),
		},
	];
}
