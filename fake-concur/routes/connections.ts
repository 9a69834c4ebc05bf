import { Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { wantsJson, writeXml } from '../http/xml';
import { isObject, parseJson, textOf, type JsonObject } from '../json';
import type { State } from '../state';
import { putStatuses, type ConnectionRequest, type PutStatus } from '../world/connection-requests';
import { connectionBody, type ConnectionVersion } from './connection-body';

const versions: ConnectionVersion[] = ['3.0', '3.1', '3.2'];

/** Connection Requests in the three versions; DELETE exists only in 3.0. */
export const connectionRoutes: Route[] = versions.flatMap((version) => {
	const path = `/api/v${version}/common/connectionrequests`;
	const route = (method: string, at: string, handle: Handler): Route => ({
		family: 'connections',
		method,
		path: at,
		handle: (call, state) => deprecate(version, handle(version, call, state)),
	});
	return [
		route('GET', path, listConnections),
		route('POST', path, createConnection),
		route('GET', `${path}/{id}`, getConnection),
		route('PUT', `${path}/{id}`, updateConnection),
		...(version === '3.0' ? [route('DELETE', `${path}/{id}`, deleteConnection)] : []),
	];
});

type Handler = (version: ConnectionVersion, call: Call, state: State) => Answer;

function listConnections(version: ConnectionVersion, call: Call, state: State): Answer {
	const limit = readNumber(call, 'limit', 5);
	if (limit < 1 || limit > 10) throw new Refusal(400, '-', 'limit must be between 1 and 10');
	const offset = call.query.get('offset') || undefined;
	if (state.settings.connectionQueue === 'queue') readNumber(call, 'offset', 0);
	const status = call.query.get('status') || undefined;
	const page = state.connections.page(limit, offset, status, call.now.getTime());
	const items = page.items.map((each) => connectionBody(version, each, state));
	const [only] = items;
	const single = state.quirks.singleItemAsObject && items.length === 1 && only;
	const host = state.quirks.foreignLinks ? state.world.hosts.trap : state.world.hosts.home;
	// NextPage names a host that does not take the token; only its offset is of use.
	const next = `${host}/api/v${version}/common/connectionrequests/?limit=${limit}&offset=${page.nextOffset}`;
	const body: JsonObject = { Items: single ? only : items };
	if (page.nextOffset !== null) body['NextPage'] = next;
	else if (!state.quirks.omitLastNextPage) body['NextPage'] = null;
	return write(call, state, 'ConnectionRequests', body);
}

/** "Testing only": a GET by id shows the request, whatever its state. */
function getConnection(version: ConnectionVersion, call: Call, state: State): Answer {
	const request = findConnection(call, state);
	return write(call, state, 'ConnectionRequest', connectionBody(version, request, state));
}

function createConnection(version: ConnectionVersion, call: Call, state: State): Answer {
	const login = call.query.get('user');
	if (!login) throw new Refusal(400, '-', 'user is required');
	const user = state.world.user(login);
	if (!user) throw new Refusal(403, '-', 'the user is not known');
	if (state.connections.pendingOf(user)) {
		throw new Refusal(409, '-', 'the user already has a connection request');
	}
	const request = state.connections.add(user, call.now.getTime());
	const URI = `${state.world.hosts.home}/api/v${version}/common/connectionrequests/${request.id}`;
	return write(call, state, 'CreateResponse', { ID: request.id, URI });
}

function updateConnection(version: ConnectionVersion, call: Call, state: State): Answer {
	const request = findConnection(call, state);
	const given = readStatus(version, call);
	const status = putStatuses.find((each): each is PutStatus => each === given);
	if (!status) throw new Refusal(400, '-', 'status is not one of the documented codes');
	state.connections.put(request, status, call.now.getTime());
	if (version === '3.2') return { status: 204 };
	return write(call, state, 'Void', {});
}

function deleteConnection(_version: ConnectionVersion, call: Call, state: State): Answer {
	state.connections.remove(findConnection(call, state).id);
	return write(call, state, 'Void', {});
}

/** 3.0 and 3.1 spell the member Status, 3.2 status; XML bodies have it as an element. */
function readStatus(version: ConnectionVersion, call: Call): string | undefined {
	const member = version === '3.2' ? 'status' : 'Status';
	if (call.body.trimStart().startsWith('<')) {
		return new RegExp(`<${member}>([^<]*)</${member}>`).exec(call.body)?.[1];
	}
	try {
		const body = parseJson(call.body);
		return isObject(body) ? textOf(body, member) : undefined;
	} catch {
		throw new Refusal(400, '-', 'the body could not be read');
	}
}

function findConnection(call: Call, state: State): ConnectionRequest {
	const request = state.connections.find(call.params['id'] ?? '');
	if (!request) throw new Refusal(404, '-', 'connection request not found');
	return request;
}

function readNumber(call: Call, name: string, fallback: number): number {
	const text = call.query.get(name);
	if (!text) return fallback;
	if (!/^\d+$/.test(text)) throw new Refusal(400, '-', `${name} must be a number`);
	return Number(text);
}

/** XML unless JSON was asked for. */
function write(call: Call, state: State, root: string, body: JsonObject): Answer {
	if (!state.quirks.alwaysXml && wantsJson(call.headers.accept)) return { status: 200, json: body };
	return { status: 200, text: writeXml(root, body), type: 'application/xml' };
}

/** Deprecated versions say so in two headers since March 2026. */
function deprecate(version: ConnectionVersion, made: Answer): Answer {
	if (version === '3.2') return made;
	const headers = { 'x-api-warn': 'deprecated', sunset: 'Sat, 31 Dec 2027 00:00:00 GMT' };
	return { ...made, headers };
}
