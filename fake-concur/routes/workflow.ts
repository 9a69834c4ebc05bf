import {
	missingParameter,
	notAllowed,
	permissionDenied,
	Refusal,
	type Answer,
	type Call,
} from '../http/answer';
import type { Route } from '../http/router';
import { isObject, parseJson, textOf } from '../json';
import type { State } from '../state';
import type { User } from '../world/users';
import { allows, travelerActions, workflowActions, type WorkflowAction } from '../world/workflow';
import { findActor, findRequest } from './access';
import { answerDetail } from './requests';

/** POST /travelrequest/v4/requests/{requestUuid}/{action} */
export const workflowRoutes: Route[] = workflowActions.map((action) => ({
	family: 'travelRequest',
	method: 'POST',
	path: `/travelrequest/v4/requests/{requestUuid}/${action}`,
	handle: (call, state) => act(action, call, state),
}));

function act(action: WorkflowAction, call: Call, state: State): Answer {
	const isTraveler = travelerActions.includes(action);
	const actor = findActor(call, state, isTraveler);
	const index = findRequest(call, state, actor);
	checkRole(state, index, isTraveler, actor);
	const comment = action === 'sendback' ? readComment(call) : undefined;
	checkState(state, index, action);
	const id = state.world.idOf(index);
	state.world.act(id, action);
	if (comment !== undefined) state.world.addComment(id, comment, actor);
	return answerDetail(state, id, 200);
}

/** The traveler acts on their own requests, an approver on those of others. */
function checkRole(
	state: State,
	index: number,
	isTraveler: boolean,
	actor: User | undefined,
): void {
	const owner = state.world.ownerOf(index);
	if (isTraveler && actor && owner?.id !== actor.id) throw notAllowed();
	// Without an actor the audit trail says "System, Concur".
	if (!isTraveler && actor && owner?.approver !== actor.index) throw permissionDenied();
	if (!isTraveler && actor && owner?.id === actor.id) throw permissionDenied();
}

function checkState(state: State, index: number, action: WorkflowAction): void {
	const { ledger } = state.world;
	if (!allows(ledger, index, action)) {
		if (action === 'close' || action === 'cancel') {
			const message = 'the Request is not approved or canceled after approval';
			throw new Refusal(403, 'requestStatusNotApproved', message);
		}
		if (action === 'submit' && ledger.statusOf(index) === 'SUBMITTED') {
			const message = 'The request has already been submitted and cannot be submitted again.';
			throw new Refusal(409, 'CASH_ADVANCE_SUBMIT_ALREADY_SUBMITTED', message);
		}
		throw permissionDenied();
	}
	if (action === 'submit') checkSubmittable(state, index);
}

function checkSubmittable(state: State, index: number): void {
	const bodies = state.world.read();
	if (!textOf(bodies.detail(index), 'name')) {
		const message = 'at least 1 required field has an empty value';
		throw new Refusal(400, 'missingRequiredField', message);
	}
	if (bodies.exceptions(index).some((each) => each['isBlocking'] === true)) {
		throw new Refusal(400, 'blockingException', 'at least 1 blocking exception');
	}
	const owner = state.world.ownerOf(index);
	if (owner && state.world.withoutApprover.has(owner.id)) {
		throw new Refusal(409, 'NO_APPROVER', 'No approver was found.');
	}
}

function readComment(call: Call): string {
	let body;
	try {
		body = parseJson(call.body || '{}');
	} catch {
		throw new Refusal(400, 'invalidJson', 'invalid json structure');
	}
	const comment = isObject(body) ? textOf(body, 'comment') : undefined;
	if (!comment) throw missingParameter('comment');
	return comment;
}
