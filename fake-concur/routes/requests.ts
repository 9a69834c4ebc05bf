import {
	answer,
	notAllowed,
	notFound,
	permissionDenied,
	Refusal,
	type Answer,
	type Call,
} from '../http/answer';
import type { Route } from '../http/router';
import { isObject, textOf, type JsonObject, type JsonValue } from '../json';
import type { State } from '../state';
import { parseDay } from '../timestamps';
import { agencyLink, listItemField } from '../world/links';
import { isId } from '../world/ids';
import { policies } from '../world/policies';
import { findActor, findRequest, readBody, requireActor } from './access';

const base = '/travelrequest/v4/requests';

/** Create, read, update and delete a request. */
export const requestRoutes: Route[] = [
	{ family: 'travelRequest', method: 'POST', path: base, handle: createRequest },
	{ family: 'travelRequest', method: 'GET', path: `${base}/{requestUuid}`, handle: getRequest },
	{ family: 'travelRequest', method: 'PUT', path: `${base}/{requestUuid}`, handle: updateRequest },
	{
		family: 'travelRequest',
		method: 'DELETE',
		path: `${base}/{requestUuid}`,
		handle: deleteRequest,
	},
];

/** Only these fields may be updated; others are ignored without a word. */
const updatable =
	/^(comment|startDate|startTime|endDate|endTime|expensePolicy|name|businessPurpose|mainDestination|travelAgency|custom([1-9]|1\d|20))$/;

function createRequest(call: Call, state: State): Answer {
	const owner = requireActor(call, state);
	const body = readBody(call);
	if ('id' in body) throw new Refusal(400, 'idNotAllowed', 'Id field is not allowed');
	const policy = body['policy'];
	const policyId = textOf(policy, 'id');
	if (policyId !== undefined && !policies.some((each) => each.id === policyId)) {
		throw new Refusal(400, 'invalidPolicy', 'invalid policy id');
	}
	const fields = acceptFields(body, state);
	const id = state.world.create(
		{ ...fields, policy: { id: policyId ?? policies[0].id } },
		owner.id,
	);
	return answerDetail(state, id, 201);
}

function getRequest(call: Call, state: State): Answer {
	const id = call.params['requestUuid']?.toUpperCase() ?? '';
	if (state.faults.missing.has(id)) throw notFound();
	if (state.faults.vanishing.delete(id)) state.world.delete(id);
	if (state.faults.poison.has(id)) {
		throw new Refusal(500, 'internalServerError', 'internal server error');
	}
	const index = findRequest(call, state, findActor(call, state, false));
	const text = state.world.read().documentedDetail(index);
	// Documented resources nobody edited are served with exactly the documented bytes.
	if (text !== undefined) return { status: 200, text };
	return answer(state.world.read().detail(index));
}

function updateRequest(call: Call, state: State): Answer {
	const actor = findActor(call, state, false);
	const index = findRequest(call, state, actor);
	const id = state.world.idOf(index);
	const body = readBody(call);
	const given = textOf(body, 'id');
	if (given !== undefined && given.toUpperCase() !== id) {
		throw new Refusal(400, 'badParam', 'the request has bad parameter(s) id');
	}
	state.world.edit(id, acceptFields(body, state));
	return answerDetail(state, id, 200);
}

function deleteRequest(call: Call, state: State): Answer {
	const actor = requireActor(call, state);
	const index = findRequest(call, state, actor);
	if (state.world.ownerOf(index)?.id !== actor.id) throw notAllowed();
	const status = state.world.ledger.statusOf(index);
	if (status !== 'NOT_SUBMITTED' && status !== 'SENTBACK') throw permissionDenied();
	state.world.delete(state.world.idOf(index));
	return answer(true);
}

/** The detail of a request after a change. */
export function answerDetail(state: State, id: string, status: number): Answer {
	const index = state.world.find(id);
	return answer(index === undefined ? null : state.world.read().detail(index), status);
}

/** The updatable fields of a body, completed the way Concur completes them. */
function acceptFields(body: JsonObject, state: State): JsonObject {
	const fields: JsonObject = {};
	for (const [name, value] of Object.entries(body)) {
		if (!updatable.test(name)) continue;
		if (/^(start|end)Date$/.test(name)) checkDay(value);
		fields[name] = complete(name, value, state);
	}
	return fields;
}

function complete(name: string, value: JsonValue, state: State): JsonValue {
	const scene = state.world.sceneOf();
	if (name === 'mainDestination' && isObject(value)) checkLocation(value);
	if (name === 'travelAgency' && isObject(value))
		return agencyLink(scene, textOf(value, 'id') ?? '');
	const item = textOf(value, 'value');
	if (name.startsWith('custom') && item !== undefined && isId(item)) {
		return listItemField(scene, 'CEN1', item);
	}
	return value;
}

function checkLocation(location: JsonObject): void {
	const city = textOf(location, 'city') ?? textOf(location, 'name');
	if (textOf(location, 'iataCode') || (textOf(location, 'countryCode') && city)) return;
	const message =
		'The location cannot be resolved, please provide either iataCode or countryCode and cityName';
	throw new Refusal(400, 'invalidLocation', message);
}

function checkDay(value: JsonValue): void {
	const valid = value === null || (typeof value === 'string' && parseDay(value) !== undefined);
	if (!valid) {
		throw new Refusal(
			400,
			'invalidDate',
			`error while parsing date value ${JSON.stringify(value)}`,
		);
	}
}
