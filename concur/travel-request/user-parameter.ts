import type { ConcurClient } from '../client';
import { HttpError } from '../errors';

/**
 * Which reads name the user on whose behalf they are made (`userId`): those whose reference page or
 * swagger lists it. Concur may answer 400 to a parameter that a page does not list. These are the
 * ones that list none; `{id}` stands for any.
 */
const WITHOUT_USER: ReadonlySet<string> = new Set([
	'requests/{id}/comments',
	'requests/{id}/agencyproposals',
	'cashadvances/{id}',
	'travelagencies/{id}',
]);

/** What a client has learnt from Concur, against the pages: by kind of call, whether to name the user. */
const learnt = new WeakMap<ConcurClient, Map<string, boolean>>();

/** Whether a read of this path names the user. */
export function namesUser(client: ConcurClient, path: string): boolean {
	const kind = kindOf(path);
	return learnt.get(client)?.get(kind) ?? !WITHOUT_USER.has(kind);
}

/** Remembers for all reads of this kind whether they name the user. */
export function rememberUser(client: ConcurClient, path: string, isNamed: boolean): void {
	const known = learnt.get(client) ?? new Map<string, boolean>();
	learnt.set(client, known.set(kindOf(path), isNamed));
}

/** Whether Concur would have had it the other way. */
export function asksOtherwise(error: unknown, isNamed: boolean): boolean {
	if (!(error instanceof HttpError) || error.status !== 400) return false;
	// A read sends no other parameter that it could mean.
	if (isNamed) return error.concurCode === 'unsupportedParam';
	return error.concurCode === 'missingRequiredParam' && /userId/i.test(error.message);
}

/** `/travelrequest/v4/requests/A1/comments` is of the kind `requests/{id}/comments`. */
function kindOf(path: string): string {
	const [, , , collection = '', id, ...below] = path.split('/');
	if (id === undefined) return collection;
	return [collection, '{id}', ...below.map((part, at) => (at % 2 === 0 ? part : '{id}'))].join('/');
}
