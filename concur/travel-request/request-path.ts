import { pathId } from '../paths';

/**
 * Where Travel Request v4 begins. The swagger's basePath ends in /v4 and some of its paths begin with
 * it again: the pages have one.
 */
export const travelRequestBase = '/travelrequest/v4';

/** One request; what hangs below it follows after a slash. */
export function requestPath(requestId: string): string {
	return `${travelRequestBase}/requests/${pathId(requestId)}`;
}

/** One expected expense, which has a path of its own besides its request's. */
export function expensePath(expenseId: string): string {
	return `${travelRequestBase}/expenses/${pathId(expenseId)}`;
}
