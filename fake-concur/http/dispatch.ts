import { isUuid } from '../world/ids';
import type { State } from '../state';
import { Refusal, type Answer, type Call, type Principal } from './answer';
import { checkParameters } from './parameters';
import { answerRefusal } from './refusals';
import type { Family, Router } from './router';

/** The family of a path, also of one that no route serves. */
export function familyOf(path: string): Family {
	if (path.startsWith('/_fake')) return 'control';
	if (path.startsWith('/oauth2')) return 'token';
	if (path.startsWith('/api/')) return 'connections';
	if (path.startsWith('/events/')) return 'events';
	return path.startsWith('/profile') ? 'identity' : 'travelRequest';
}

/** Does the work of a call: checks who asks, finds the endpoint, turns refusals into answers. */
export async function dispatch(
	call: Omit<Call, 'params' | 'principal'>,
	correlationId: string,
	router: Router,
	state: State,
): Promise<Answer> {
	const family = familyOf(call.path);
	try {
		checkCorrelationId(call);
		checkTransfer(call, state);
		const principal = identify(call, family, state);
		const match = router.match(call.method, call.path);
		if (!match) throw unknownRoute(call, router);
		checkParameters(call, match.route);
		return await match.route.handle({ ...call, params: match.params, principal }, state);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { accept } = call.headers;
		return answerRefusal(error, family, accept, call.now, correlationId);
	}
}

function identify(call: { headers: Call['headers'] }, family: Family, state: State): Principal {
	if (family === 'token' || family === 'control') return { kind: 'app' };
	const token = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
	const principal = token === undefined ? undefined : state.tokens.check(token);
	if (!principal) throw new Refusal(401, 'invalidUser', "the request's user is invalid");
	if (family === 'travelRequest' && principal.kind === 'app' && state.quirks.strictAppTokens) {
		throw new Refusal(403, 'publicApiNotAllowed', 'this resource is not public');
	}
	checkScope(family, state);
	return principal;
}

const scopeOf: Partial<Record<Family, string>> = {
	travelRequest: 'travelrequest.write',
	connections: 'CONREQ',
	identity: 'identity.user.core.read',
	events: 'events.topic.read',
};

function checkScope(family: Family, state: State): void {
	const needed = scopeOf[family];
	if (needed === undefined || state.quirks.grantedScopes.split(' ').includes(needed)) return;
	throw new Refusal(403, 'permissionDenied', `the token lacks the scope ${needed}`);
}

/** A malformed correlation id is refused before anything else. */
function checkCorrelationId(call: { headers: Call['headers'] }): void {
	const given = call.headers['concur-correlationid'];
	if (typeof given === 'string' && !isUuid(given)) {
		throw new Refusal(400, 'invalidUuid', `for concur-correlationid ${given}`);
	}
}

/** Concur does not support chunked request bodies. */
function checkTransfer(call: { headers: Call['headers'] }, state: State): void {
	if (call.headers['transfer-encoding'] === 'chunked' && state.quirks.refuseChunkedRequests) {
		throw new Refusal(400, 'badParam', 'chunked Transfer-Encoding is not supported');
	}
}

function unknownRoute(call: { path: string; method: string }, router: Router): Refusal {
	const methods = router.methodsOf(call.path);
	return methods.length > 0
		? new Refusal(405, 'methodNotAllowed', `allowed: ${methods.join(', ')}`)
		: new Refusal(404, 'routeUnknown', `the fake has no endpoint ${call.method} ${call.path}`);
}
