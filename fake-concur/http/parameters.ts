import { Refusal, type Call } from './answer';
import type { Route } from './router';

const request = '/travelrequest/v4/requests/{requestUuid}';
const expense = '/travelrequest/v4/expenses/{expenseUuid}';
const user = ['userId'];
const act = ['userId', 'companyID', 'companyId', 'delegatorUserId'];
const actions = ['submit', 'recall', 'cancel', 'close', 'reopen', 'approve', 'sendback'];

/** The query parameters that the reference pages or the swaggers list, by endpoint. */
export const documentedParameters: Readonly<Record<string, readonly string[]>> = {
	'GET /travelrequest/v4/requests': [
		...['view', 'userId', 'start', 'limit', 'sortField', 'sortOrder', 'includeDelegateApprovals'],
		...['approvedBefore', 'approvedAfter', 'modifiedBefore', 'modifiedAfter'],
	],
	'POST /travelrequest/v4/requests': user,
	[`GET ${request}`]: user,
	[`PUT ${request}`]: user,
	[`DELETE ${request}`]: user,
	[`GET ${request}/comments`]: [],
	[`GET ${request}/cashadvances`]: user,
	[`GET ${request}/exceptions`]: user,
	[`GET ${request}/costobjects`]: user,
	[`GET ${request}/expenses`]: user,
	[`POST ${request}/expenses`]: user,
	[`GET ${request}/participants`]: user,
	[`PATCH ${request}/participants`]: user,
	[`GET ${request}/agencyproposals`]: [],
	[`POST ${request}/agencyproposals`]: ['userId', 'test'],
	[`GET ${request}/allocations/{allocationUuid}`]: user,
	[`PUT ${request}/allocations/{allocationUuid}`]: ['userId', 'contextRoleType'],
	...Object.fromEntries(actions.map((action) => [`POST ${request}/${action}`, act])),
	[`GET ${expense}`]: user,
	[`PUT ${expense}`]: user,
	[`DELETE ${expense}`]: user,
	[`GET ${expense}/comments`]: user,
	'GET /travelrequest/v4/cashadvances/{cashAdvanceUuid}': [],
	'GET /travelrequest/v4/userpolicies': user,
	'GET /travelrequest/v4/travelagencies/{agencyUuid}': [],
};

/** Refuses a call of Travel Request that has a parameter which no page lists. */
export function checkParameters({ query }: Pick<Call, 'query'>, { method, path }: Route): void {
	const known = documentedParameters[`${method} ${path}`];
	if (!known) return;
	const unknown = [...query.keys()].filter((name) => !known.includes(name));
	if (unknown.length === 0) return;
	const message = `the request has unsupported parameter(s) ${unknown.join(', ')}`;
	throw new Refusal(400, 'unsupportedParam', message);
}
