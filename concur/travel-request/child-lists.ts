import { readArrayIfAny, unexpected } from '../answers';
import type { ConcurClient } from '../client';
import { isJsonObject, type JsonObject } from '../json';
import type { ReadOptions } from './read-options';
import { readPath } from './read-path';

/** How to read a list of children. */
export interface ChildList {
	/** What it is a list of. */
	readonly what: string;
	/** What the children belong to, read where it is not at hand. */
	readonly readParent: () => Promise<JsonObject>;
	/** Whether the parent itself says that it has none. */
	readonly saysNone: (parent: JsonObject) => boolean;
}

/**
 * Reads a list of children, which is not paged. An array says what there is. An answer without one
 * (204, an empty body, `null`) does not: a broken answer looks the same, and whoever stores children
 * would remove all of them. It counts as "none" only where the parent agrees.
 * @throws what {@link ConcurClient.request} throws; {@link UnexpectedBodyError}.
 */
export async function readChildList(
	client: ConcurClient,
	path: string,
	options: ReadOptions,
	{ what, readParent, saysNone }: ChildList,
): Promise<JsonObject[]> {
	const answer = await readPath(client, path, options);
	const children = readArrayIfAny(answer, what);
	if (children) return children;
	if (saysNone(await readParent())) return [];
	throw unexpected(answer, `has no list of ${what}, and nothing says that there are none`);
}

/** `expenses` has a link for each; the totals are theirs. */
export function saysNoExpenses(request: JsonObject): boolean {
	const totals = ['totalApprovedAmount', 'totalPostedAmount', 'totalRemainingAmount'];
	return isEmptyList(request['expenses']) && totals.every((name) => isNothing(request[name]));
}

/** `comment` is the last one. */
export function saysNoComments(request: JsonObject): boolean {
	return isBlank(request['comment']);
}

export function saysNoExceptions(request: JsonObject): boolean {
	return request['highestExceptionLevel'] === 'NONE';
}

/** `cashAdvances` is a link to the list. */
export function saysNoCashAdvances(request: JsonObject): boolean {
	return isBlank(request['cashAdvances']) || isEmptyList(request['cashAdvances']);
}

/** `lastComment` is the last one. */
export function saysNoExpenseComments(expense: JsonObject): boolean {
	return isBlank(expense['lastComment']);
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** An amount that is absent or zero. */
function isNothing(amount: unknown): boolean {
	return isBlank(amount) || (isJsonObject(amount) && Number(amount['value'] ?? 0) === 0);
}
