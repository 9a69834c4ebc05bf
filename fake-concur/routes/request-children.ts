import { answer, type Answer, type Call } from '../http/answer';
import { readDocumented, type DocumentedName } from '../documented/examples';
import type { Route } from '../http/router';
import type { JsonValue } from '../json';
import type { State } from '../state';
import { findActor, findRequest, requireActor } from './access';

const base = '/travelrequest/v4/requests/{requestUuid}';

/** The lists below a request. */
export const requestChildRoutes: Route[] = [
	{ family: 'travelRequest', method: 'GET', path: `${base}/comments`, handle: listComments },
	{
		family: 'travelRequest',
		method: 'GET',
		path: `${base}/cashadvances`,
		handle: listCashAdvances,
	},
	{ family: 'travelRequest', method: 'GET', path: `${base}/exceptions`, handle: listExceptions },
	{ family: 'travelRequest', method: 'GET', path: `${base}/costobjects`, handle: listCostObjects },
];

function listComments(call: Call, state: State): Answer {
	const index = findRequest(call, state, findActor(call, state, false));
	return serve(state, index, 'comments', state.world.read().comments(index));
}

function listCashAdvances(call: Call, state: State): Answer {
	const index = findRequest(call, state, requireActor(call, state));
	return serve(state, index, 'cash-advances', state.world.cashAdvanceLinks(index));
}

function listExceptions(call: Call, state: State): Answer {
	const index = findRequest(call, state, requireActor(call, state));
	return serve(state, index, 'exceptions', state.world.read().exceptions(index));
}

/** Early access only. */
function listCostObjects(call: Call, state: State): Answer {
	const index = findRequest(call, state, findActor(call, state, false));
	const expenses = state.world.read().expenses(index);
	if (expenses.length === 0) return answer([]);
	return answer([
		{
			name: 'Cost center 00123',
			isFullyApproved: state.world.ledger.statusOf(index) === 'APPROVED',
			isOwnedByCaller: true,
			expenses: expenses.map((expense) => ({
				id: expense['id'] ?? '',
				percentage: 100,
				approvedAmount: expense['approvedAmount'] ?? null,
			})),
		},
	]);
}

/** Documented lists that nobody edited go out with exactly the documented bytes. */
function serve(state: State, index: number, name: DocumentedName, list: JsonValue): Answer {
	if (state.world.hasDocumented(index, name)) return { status: 200, text: readDocumented(name) };
	return answer(list);
}
