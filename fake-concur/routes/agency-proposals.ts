import { answer, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import type { State } from '../state';
import { findActor, findRequest, readBody, requireActor } from './access';

const path = '/travelrequest/v4/requests/{requestUuid}/agencyproposals';

/** Proposals of the travel agency. */
export const agencyProposalRoutes: Route[] = [
	{ family: 'travelRequest', method: 'GET', path, handle: listProposals },
	{ family: 'travelRequest', method: 'POST', path, handle: addProposal },
];

function listProposals(call: Call, state: State): Answer {
	const index = findRequest(call, state, findActor(call, state, false));
	return answer(state.world.read().overlay(index).proposals ?? []);
}

function addProposal(call: Call, state: State): Answer {
	const index = findRequest(call, state, requireActor(call, state));
	const body = readBody(call);
	for (const name of ['agencyProposalEntries', 'booked', 'importDate']) {
		if (body[name] === undefined) {
			throw new Refusal(400, 'missingRequiredField', `${name} has an empty value`);
		}
	}
	const overlay = state.world.read().overlay(index);
	const earlier = overlay.proposals ?? [];
	const proposalUuid = state.world.sceneOf().ids.encode('proposal', index, earlier.length);
	const proposal = { ...body, proposalUuid };
	// `test=true` checks a proposal without keeping it.
	if (call.query.get('test') !== 'true') overlay.proposals = [...earlier, proposal];
	return answer(proposal, 201);
}
