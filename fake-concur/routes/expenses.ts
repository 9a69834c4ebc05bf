import { answer, notFound, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import { isObject, object, textOf, without, type JsonObject } from '../json';
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
	checkRequired(body);
	const expense = state.world.addExpense(state.world.idOf(index), { ...sumsOf(body), ...body });
	return answer(expense, 201);
}

function checkRequired(body: JsonObject): void {
	for (const name of ['transactionAmount', 'transactionDate', 'expenseType']) {
		if (body[name] === undefined || body[name] === null) throw missingField();
	}
	if (textOf(body['expenseType'], 'id') === undefined) throw missingField();
}

/** What Concur works out from the amount. */
function sumsOf({ transactionAmount = null }: JsonObject): JsonObject {
	return { approvedAmount: transactionAmount, postedAmount: transactionAmount };
}

function getExpense(call: Call, state: State): Answer {
	return answer(findExpense(call, state, findActor(call, state, false)).expense);
}

/** What stays where a body does not have it. */
const kept = ['id', 'href', 'comments', 'lastComment', 'lastModifiedDate', 'parentRequest'];

/** "Partial update is not supported" (swagger): what the body does not have, the expense loses. */
function updateExpense(call: Call, state: State): Answer {
	const { expense } = findExpense(call, state, requireActor(call, state));
	const body = without(readBody(call), 'id', 'href');
	checkRequired(body);
	const lost = Object.keys(without(expense, ...kept)).filter((name) => !(name in body));
	const gone = object(Object.fromEntries(lost.map((name) => [name, null])));
	const id = textOf(expense, 'id') ?? '';
	state.world.editExpense(id, { ...gone, allocations: [], ...sumsOf(body), ...body });
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
