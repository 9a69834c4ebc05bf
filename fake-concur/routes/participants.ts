import { answer, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { isObject, textOf, type JsonObject } from '../json';
import type { State } from '../state';
import { findActor, findRequest, readBody, requireActor } from './access';

const path = '/travelrequest/v4/requests/{requestUuid}/participants';

/** Participants of budget requests. */
export const participantRoutes: Route[] = [
	{ family: 'travelRequest', method: 'GET', path, handle: listParticipants },
	{ family: 'travelRequest', method: 'PATCH', path, handle: patchParticipants },
];

function listParticipants(call: Call, state: State): Answer {
	const index = findRequest(call, state, findActor(call, state, false));
	const stored = state.world.read().overlay(index).participants ?? [];
	const root = `${state.world.hosts.home}/profile/identity/v4.1/Users`;
	return answer(
		stored.map((id) => ({
			participant: { href: `${root}/${id}`, id, template: `${root}/{id}` },
			requests: [],
		})),
	);
}

/** A merge patch: {"value": [{"id": …, "@deleted"?: true}]}; answers 204. */
function patchParticipants(call: Call, state: State): Answer {
	const index = findRequest(call, state, requireActor(call, state));
	const type = call.headers['content-type'] ?? '';
	if (!type.startsWith('application/merge-patch+json')) {
		throw new Refusal(400, 'badParam', 'Content-Type must be application/merge-patch+json');
	}
	const { value } = readBody(call);
	if (!Array.isArray(value)) throw new Refusal(400, 'badParam', 'value must be a list');
	const overlay = state.world.read().overlay(index);
	const ids = new Set(overlay.participants ?? []);
	for (const each of value.filter(isObject)) changeParticipant(ids, each, state);
	overlay.participants = [...ids];
	return { status: 204 };
}

function changeParticipant(ids: Set<string>, change: JsonObject, state: State): void {
	const id = textOf(change, 'id') ?? '';
	if (!state.world.user(id)) throw new Refusal(400, 'userNotFound', `user ${id} not found`);
	if (change['@deleted'] === true) ids.delete(id);
	else ids.add(id);
}
