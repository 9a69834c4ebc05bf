import { hasId, readItems, unexpected } from '../answers';
import type { ConcurAnswer } from '../exchange';
import { isJsonObject, type JsonObject } from '../json';

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

/** Reads an answer that is one page of users. */
export function readUserPage(answer: ConcurAnswer): UserPage {
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
