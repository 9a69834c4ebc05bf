import { answer, missingParameter, Refusal, type Answer, type Call } from '../http/answer';
import type { Route } from '../http/router';
import type { JsonObject } from '../json';
import type { State } from '../state';
import { parseBound } from '../timestamps';
import type { Bounds, ListQuery } from '../world/listing';
import { agentViews, views } from '../world/views';
import { findActor } from './access';
import { listLinks } from './list-links';

const sortFields = ['startDate', 'approvalStatus', 'requestId'] as const;
const sortOrders = ['ASC', 'DESC'] as const;

/** GET /travelrequest/v4/requests */
export const listRoute: Route = {
	family: 'travelRequest',
	method: 'GET',
	path: '/travelrequest/v4/requests',
	isList: true,
	handle: listRequests,
};

function listRequests(call: Call, state: State): Answer {
	const { query } = call;
	const view = choice(query.get('view'), views, 'ALL', 'view');
	const actor = findActor(call, state, state.quirks.listNeedsUser);
	if (!actor && agentViews.includes(view)) throw missingParameter('userId');
	const limit = readLimit(query.get('limit'));
	const start = readStart(query.get('start'));
	const wanted: ListQuery = {
		view,
		...(actor ? { user: actor.index } : {}),
		modified: bounds(query, 'modified'),
		approved: bounds(query, 'approved'),
		sortField: choice(query.get('sortField'), sortFields, 'startDate', 'sortField'),
		sortOrder: choice(query.get('sortOrder'), sortOrders, 'DESC', 'sortOrder'),
	};
	const served = Math.min(limit, state.quirks.ignoreLimit ?? limit);
	const { rows, total } = state.world.listing.page(wanted, start, served, call.now.getTime());
	const data: JsonObject[] = rows.map((index) => state.world.read().listItem(index));
	return answer({ data, operations: listLinks(state, { view, start, limit, served, total }) });
}

/** The three refusals of a limit have no code in the documentation, only these texts. */
function readLimit(text: string | null): number {
	if (text === null || text === '') return 10;
	if (!/^-?\d+$/.test(text)) throw new Refusal(400, '-', 'Limit must contains only digits');
	const limit = Number(text);
	if (limit > 100) throw new Refusal(400, '-', 'Limit must be less than or equal to 100');
	if (limit < 1) throw new Refusal(400, '-', 'Limit must be greater than or equal to 1');
	return limit;
}

function readStart(text: string | null): number {
	if (text === null || text === '') return 0;
	if (!/^\d+$/.test(text)) {
		throw new Refusal(400, 'badParam', 'the request has bad parameter(s) start');
	}
	return Number(text);
}

function bounds(query: URLSearchParams, name: 'modified' | 'approved'): Bounds {
	const after = bound(query.get(`${name}After`));
	const before = bound(query.get(`${name}Before`));
	return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
}

function bound(text: string | null): number | undefined {
	if (text === null || text === '') return undefined;
	const ms = parseBound(text);
	if (ms === undefined) {
		throw new Refusal(400, 'invalidDate', `error while parsing date value ${text}`);
	}
	return ms;
}

function choice<T extends string>(
	text: string | null,
	choices: readonly T[],
	fallback: T,
	name: string,
): T {
	if (text === null || text === '') return fallback;
	const found = choices.find((each) => each === text.toUpperCase() || each === text);
	if (!found) throw new Refusal(400, 'badParam', `the request has bad parameter(s) ${name}`);
	return found;
}
