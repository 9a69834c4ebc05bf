import { missingParameter, notAllowed, notFound, Refusal, type Call } from '../http/answer';
import { isObject, parseJson, type JsonObject } from '../json';
import type { State } from '../state';
import { isId, isUuid } from '../world/ids';
import type { User } from '../world/users';

/**
 * The user a call acts for. A user token speaks for its user; a company token names one by userId,
 * and where the documentation requires that, its absence is refused.
 */
export function findActor(call: Call, state: State, isRequired: boolean): User | undefined {
	const { principal } = call;
	if (principal.kind === 'user') return state.world.user(principal.userId ?? '');
	const userId = call.query.get('userId');
	if (!userId) {
		if (isRequired) throw missingParameter('userId');
		return undefined;
	}
	if (!isUuid(userId)) throw new Refusal(400, 'invalidUuid', `invalid ${userId} for the userId`);
	const user = state.world.users.find((each) => each.id === userId.toLowerCase());
	if (!user) throw new Refusal(400, 'userNotFound', `user ${userId} not found`);
	return user;
}

/** As {@link findActor}, where an actor must be named. */
export function requireActor(call: Call, state: State): User {
	const actor = findActor(call, state, true);
	if (!actor) throw new Refusal(401, 'invalidUser', "the request's user is invalid");
	return actor;
}

/** The living request a path names, if the actor (undefined: the system) may see it. */
export function findRequest(call: Call, state: State, actor: User | undefined): number {
	const id = idParameter(call, 'requestUuid');
	const index = state.world.find(id);
	if (index === undefined) throw notFound();
	checkAccess(state, index, actor);
	return index;
}

/** Owner, approver and the travel agent may see a request; the system may always. */
export function checkAccess(state: State, index: number, actor: User | undefined): void {
	if (!actor) return;
	const owner = state.world.ownerOf(index);
	const isAgent = actor.agencyId !== null && state.world.ledger.has(index, 'agency');
	if (owner?.id !== actor.id && owner?.approver !== actor.index && !isAgent) throw notAllowed();
}

/** An id of the path, in the upper case in which ids are known. */
export function idParameter(call: Call, name: string): string {
	const id = call.params[name] ?? '';
	if (!isId(id)) throw new Refusal(400, 'invalidUuid', name);
	return id.toUpperCase();
}

/** The JSON object a call brings. */
export function readBody(call: Call): JsonObject {
	let value;
	try {
		value = parseJson(call.body);
	} catch {
		throw new Refusal(400, 'invalidJson', 'invalid json structure');
	}
	if (!isObject(value)) throw new Refusal(400, 'invalidJson', 'invalid json structure');
	return value;
}
