import { answer, notFound, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { isObject, textOf, without, type JsonObject } from '../json';
import type { State } from '../state';
import type { User } from '../world/users';
import { checkAccess, findActor, findRequest, idParameter, readBody, requireActor } from './access';

const base = '/travelrequest/v4';
const one = `${base}/expenses/{expenseUuid}`;
const list = `${base}/requests/{requestUuid}/expenses`;

/** Expected expenses and their comments. */
export const expenseRoutes: Route[] = [
	{ family: 'travelRequest', method: 'GET', path: list, handle: listExpenses },
	{ family: 'travelRequest', method: 'POST', path: list, handle: createExpense },
	{ family: 'travelRequest', method: 'GET', path: one, handle: getExpense },
	{ family: 'travelRequest', method: 'PUT', path: one, handle: updateExpense },
	{ family: 'travelRequest', method: 'DELETE', path: one, handle: deleteExpense },
	{ family: 'travelRequest', method: 'GET', path: `${one}/comments`, handle: listComments },
];

/** Not paged, whatever their number. */
function listExpenses(call: Call, state: State): Answer {
	const index = findRequest(call, state, findActor(call, state, false));
	return answer(state.world.read().expenses(index));
}

function createExpense(call: Call, state: State): Answer {
	const index = findRequest(call, state, requireActor(call, state));
	const body = readBody(call);
	if ('id' in body) throw new Refusal(400, 'idNotAllowed', 'Id field is not allowed');
	for (const name of ['transactionAmount', 'transactionDate', 'expenseType']) {
		if (body[name] === undefined || body[name] === null) throw missingField();
	}
	if (textOf(body['expenseType'], 'id') === undefined) throw missingField();
	const { transactionAmount } = body;
	const amounts = {
		approvedAmount: transactionAmount ?? null,
		postedAmount: transactionAmount ?? null,
	};
	const expense = state.world.addExpense(state.world.idOf(index), { ...amounts, ...body });
	return answer(expense, 201);
}

function getExpense(call: Call, state: State): Answer {
	return answer(findExpense(call, state, findActor(call, state, false)).expense);
}

/** A partial update like that of requests: null clears, absent members stay. */
function updateExpense(call: Call, state: State): Answer {
	const { expense } = findExpense(call, state, requireActor(call, state));
	const patch = without(readBody(call), 'id', 'href');
	const id = textOf(expense, 'id') ?? '';
	state.world.editExpense(id, patch);
	return answer(state.world.findExpense(id)?.expense ?? null);
}

function deleteExpense(call: Call, state: State): Answer {
	const { expense } = findExpense(call, state, requireActor(call, state));
	state.world.deleteExpense(textOf(expense, 'id') ?? '');
	return answer(true);
}

function listComments(call: Call, state: State): Answer {
	const { index, expense } = findExpense(call, state, requireActor(call, state));
	return answer(state.world.read().expenseComments(index, textOf(expense, 'id') ?? ''));
}

function findExpense(
	call: Call,
	state: State,
	actor: User | undefined,
): { index: number; expense: JsonObject } {
	const found = state.world.findExpense(idParameter(call, 'expenseUuid'));
	if (!found || !isObject(found.expense)) throw notFound();
	checkAccess(state, found.index, actor);
	return found;
}

function missingField(): Refusal {
	const message = 'at least 1 required field has an empty value';
	return new Refusal(400, 'missingRequiredField', message);
}
