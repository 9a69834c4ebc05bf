import { answer, notFound, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import type { State } from '../state';
import { travelRequestRoot } from '../world/links';
import { policies, travelAgencies } from '../world/policies';
import { findActor, idParameter, requireActor, checkAccess } from './access';

const base = '/travelrequest/v4';

/** Cash advances, policies and travel agencies. */
export const lookupRoutes: Route[] = [
	{
		family: 'travelRequest',
		method: 'GET',
		path: `${base}/cashadvances/{cashAdvanceUuid}`,
		handle: getCashAdvance,
	},
	{ family: 'travelRequest', method: 'GET', path: `${base}/userpolicies`, handle: listPolicies },
	{
		family: 'travelRequest',
		method: 'GET',
		path: `${base}/travelagencies/{agencyUuid}`,
		handle: getAgency,
	},
];

/** The schema says object, the example shows a one-element array. */
function getCashAdvance(call: Call, state: State): Answer {
	const found = state.world.findCashAdvance(idParameter(call, 'cashAdvanceUuid'));
	if (!found) throw notFound();
	checkAccess(state, found.index, findActor(call, state, false));
	return answer(state.quirks.cashAdvanceAsArray ? [found.cashAdvance] : found.cashAdvance);
}

function listPolicies(call: Call, state: State): Answer {
	requireActor(call, state);
	const root = travelRequestRoot(state.world.sceneOf());
	return answer(policies.map((each) => ({ href: `${root}/policies/${each.id}`, ...each })));
}

function getAgency(call: Call): Answer {
	const id = idParameter(call, 'agencyUuid');
	const agency = travelAgencies.find((each) => each.id === id);
	if (!agency) throw notFound();
	return answer({ ...agency });
}
