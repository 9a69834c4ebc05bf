import { answer, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { isObject, object, parseJson, textOf, type JsonObject } from '../json';
import type { State } from '../state';
import type { User } from '../world/users';

const base = '/profile/identity/v4.1/Users';
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const searchSchema = 'urn:ietf:params:scim:api:messages:concur:2.0:SearchRequest';
const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** SCIM Identity v4.1: users of the company, for a company token only. */
export const identityRoutes: Route[] = [
	{ family: 'identity', method: 'GET', path: base, handle: listUsers },
	{ family: 'identity', method: 'POST', path: `${base}/.search`, handle: searchUsers },
	{ family: 'identity', method: 'GET', path: `${base}/{id}`, handle: getUser },
];

function listUsers(call: Call, state: State): Answer {
	requireCompany(call);
	return page(call, state, state.world.users, (name) => call.query.get(name) ?? undefined);
}

function searchUsers(call: Call, state: State): Answer {
	requireCompany(call);
	const body = readSearch(call);
	const filter = textOf(body, 'filter');
	const found = filter === undefined ? state.world.users : applyFilter(filter, state.world.users);
	return page(call, state, found, (name) => {
		const value = body[name];
		if (Array.isArray(value)) return value.filter((each) => typeof each === 'string').join(',');
		return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
	});
}

function getUser(call: Call, state: State): Answer {
	const { id = '' } = call.params;
	const { principal } = call;
	if (principal.kind === 'user' && principal.userId !== id) requireCompany(call);
	const user = state.world.users.find((each) => each.id === id.toLowerCase());
	if (!user) throw new Refusal(404, 'notFound', `Resource ${id} not found.`);
	return answer(userBody(user, state));
}

/** nextCursor is absent on the last page. */
function page(
	_call: Call,
	state: State,
	users: readonly User[],
	parameter: (name: string) => string | undefined,
): Answer {
	const count = Number(parameter('count') ?? 100);
	if (!Number.isInteger(count) || count < 1 || count > 1000) {
		throw new Refusal(400, 'invalidValue', 'count must be between 1 and 1000');
	}
	const start = decodeCursor(parameter('cursor'));
	const wanted = parameter('attributes')?.split(',');
	const unwanted = parameter('excludedAttributes')?.split(',') ?? [];
	const end = start + count;
	const resources = users
		.slice(start, end)
		.map((user) => project(userBody(user, state), wanted, unwanted));
	return answer(
		object({
			schemas: [listSchema],
			totalResults: users.length,
			itemsPerPage: resources.length,
			Resources: resources,
			nextCursor: end < users.length ? encodeCursor(end) : undefined,
		}),
	);
}

function userBody(user: User, state: State): JsonObject {
	return {
		schemas: [userSchema, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
		id: user.id,
		userName: user.loginId,
		displayName: `${user.firstName} ${user.lastName}`,
		active: true,
		name: { givenName: user.firstName, middleName: user.middleName, familyName: user.lastName },
		emails: [{ value: user.loginId, type: 'work', verified: true }],
		meta: { resourceType: 'User', location: `${state.world.hosts.home}${base}/${user.id}` },
	};
}

/** `id` and `schemas` are always returned. */
function project(body: JsonObject, wanted: string[] | undefined, unwanted: string[]): JsonObject {
	const names = new Set(wanted?.map((name) => name.trim().split('.')[0] ?? ''));
	const result: JsonObject = {};
	for (const [name, value] of Object.entries(body)) {
		const always = name === 'id' || name === 'schemas';
		const chosen = (names.size === 0 || names.has(name)) && !unwanted.includes(name);
		if (always || chosen) result[name] = value;
	}
	return result;
}

const term = /(userName|emails\.value|displayName|id)\s+(eq|co|sw)\s+("(?:[^"\\]|\\.)*")/;
const filterPattern = new RegExp(`^\\s*${term.source}(?:\\s+or\\s+${term.source})*\\s*$`, 'i');

/** Terms joined by `or`; texts are JSON texts. */
function applyFilter(filter: string, users: readonly User[]): User[] {
	if (!filterPattern.test(filter)) throw invalidFilter();
	const tests = [...filter.matchAll(new RegExp(term, 'gi'))].map(readTerm);
	return users.filter((user) => tests.some((test) => test(user)));
}

function readTerm([, name = '', operator = '', quoted = '']: RegExpExecArray) {
	const wanted = readQuoted(quoted).toLowerCase();
	return (user: User): boolean => {
		const display = `${user.firstName} ${user.lastName}`;
		const field = { displayname: display, id: user.id }[name.toLowerCase()] ?? user.loginId;
		const value = field.toLowerCase();
		if (operator.toLowerCase() === 'co') return value.includes(wanted);
		return operator.toLowerCase() === 'sw' ? value.startsWith(wanted) : value === wanted;
	};
}

function readQuoted(quoted: string): string {
	try {
		const value = parseJson(quoted);
		if (typeof value === 'string') return value;
	} catch {
		// Falls through to the refusal: it is no JSON text.
	}
	throw invalidFilter();
}

function invalidFilter(): Refusal {
	return new Refusal(400, 'invalidFilter', 'the filter is not supported');
}

function requireCompany(call: Call): void {
	if (call.principal.kind === 'user') {
		throw new Refusal(403, 'forbidden', 'a company token is required');
	}
}

function readSearch(call: Call): JsonObject {
	try {
		const body = parseJson(call.body || '{}');
		const schemas = isObject(body) ? body['schemas'] : undefined;
		if (isObject(body) && Array.isArray(schemas) && schemas.includes(searchSchema)) return body;
	} catch {
		// Falls through to the refusal: none of these bodies is a search.
	}
	throw new Refusal(400, 'invalidSyntax', 'the body is not a search request');
}

function encodeCursor(start: number): string {
	return Buffer.from(`u:${start}`).toString('base64url');
}

function decodeCursor(cursor: string | undefined): number {
	if (!cursor) return 0;
	const start = /^u:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
	if (start === undefined) throw new Refusal(400, 'invalidValue', 'the cursor is not valid');
	return Number(start);
}
