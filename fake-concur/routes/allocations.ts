import { answer, notFound, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { isObject, textOf, without, type JsonObject, type JsonValue } from '../json';
import type { State } from '../state';
import { findActor, findRequest, idParameter, readBody } from './access';

const path = '/travelrequest/v4/requests/{requestUuid}/allocations/{allocationUuid}';

/** Allocations of expected expenses. */
export const allocationRoutes: Route[] = [
	{ family: 'travelRequest', method: 'GET', path, handle: getAllocation },
	{ family: 'travelRequest', method: 'PUT', path, handle: updateAllocation },
];

function getAllocation(call: Call, state: State): Answer {
	return answerAllocation(state, findAllocation(call, state).allocation);
}

function updateAllocation(call: Call, state: State): Answer {
	const { expense, allocation } = findAllocation(call, state);
	const patch = without(readBody(call), 'allocationId', 'expenseId');
	const changed = { ...allocation, ...patch };
	const allocations = listOf(expense['allocations']).map((each) =>
		each['allocationId'] === allocation['allocationId'] ? changed : each,
	);
	state.world.editExpense(textOf(expense, 'id') ?? '', { allocations });
	return answerAllocation(state, changed);
}

function findAllocation(call: Call, state: State): { expense: JsonObject; allocation: JsonObject } {
	const index = findRequest(call, state, findActor(call, state, false));
	const id = idParameter(call, 'allocationUuid');
	for (const expense of state.world.read().expenses(index)) {
		const allocation = listOf(expense['allocations']).find((each) => each['allocationId'] === id);
		if (allocation) return { expense, allocation };
	}
	throw notFound();
}

/** The schema says object, the example shows a one-element array. */
function answerAllocation(state: State, allocation: JsonObject): Answer {
	return answer(state.quirks.allocationAsArray ? [allocation] : allocation);
}

function listOf(value: JsonValue | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
