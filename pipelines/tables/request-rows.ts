import { isJsonObject, type JsonObject } from '../../concur/json';
import { assignKeys, type KeyedChild, type KeyRule } from './child-keys';
import type { Drift } from './drift';
import { compileFlattener, type Flattener } from './flattener';
import { FlattenedRow } from './flattened-row';
import { writeRawText } from './raw-text';
import {
	travelRequestCashAdvances,
	travelRequestComments,
	travelRequestExceptions,
} from './request-children';
import {
	travelRequestExpenseAllocations,
	travelRequestExpenseLegs,
	travelRequestExpenses,
} from './request-expenses';
import type { RequestBundle } from './request-bundle';
import type { Row, Table } from './table';

/** One child table: how its cells are read, its rows told apart, and where its elements are. */
interface ChildKind {
	readonly flattener: Flattener;
	readonly keyColumn: string;
	readonly rule: KeyRule;
	/** Undefined where the bundle does not say, an empty list where it says there are none. */
	readonly collect: (bundle: RequestBundle) => readonly Found[] | undefined;
}

interface Found {
	readonly element: JsonObject;
	readonly expenseId: string | null;
}

function defineKind(
	table: Table,
	keyColumn: string,
	rule: KeyRule,
	collect: ChildKind['collect'],
): ChildKind {
	return { flattener: compileFlattener(table), keyColumn, rule, collect };
}

const expenseRule: KeyRule = { idMembers: ['id'] };

const kinds: readonly ChildKind[] = [
	defineKind(travelRequestExpenses, 'id', expenseRule, ({ expenses }) => ofRequest(expenses)),
	defineKind(
		travelRequestExpenseAllocations,
		'allocation_id',
		{ idMembers: ['allocationId'] },
		({ expenses }) => ofExpenses(expenses, (expense) => expense['allocations']),
	),
	defineKind(travelRequestExpenseLegs, 'id', { idMembers: ['id'] }, ({ expenses }) =>
		ofExpenses(expenses, (expense) => member(expense['tripData'], 'legs')),
	),
	defineKind(
		travelRequestComments,
		'comment_key',
		{
			idMembers: [],
			// Not `isLatest`: the next comment changes it, and the comment is still the same one.
			identify: ({ creationDateTime, creationDate, value, author }) => [
				creationDateTime ?? creationDate ?? null,
				value ?? null,
				...['id', 'firstName', 'lastName'].map((name) => member(author, name) ?? null),
			],
		},
		({ comments, expenseComments }) => {
			if (comments === undefined && expenseComments === undefined) return undefined;
			const ofEach = Object.entries(expenseComments ?? {}).flatMap(([expenseId, list]) =>
				list.map((element) => ({ element, expenseId })),
			);
			return [...(ofRequest(comments) ?? []), ...ofEach];
		},
	),
	defineKind(
		travelRequestExceptions,
		'exception_key',
		{
			idMembers: [],
			identify: ({ code, source, message }) => [
				code ?? null,
				member(source, 'type') ?? null,
				member(source, 'id') ?? null,
				message ?? null,
			],
		},
		({ exceptions }) => ofRequest(exceptions),
	),
	defineKind(
		travelRequestCashAdvances,
		'cash_advance_id',
		{ idMembers: ['cashAdvanceId', 'id'] },
		({ cashAdvances }) => ofRequest(cashAdvances),
	),
];

/** The rows of a request's children, and the tables that the bundle speaks of at all. */
export function readChildren(
	requestId: string,
	bundle: RequestBundle,
	drift: Drift,
): { rows: Row[]; childTables: string[] } {
	const rows: Row[] = [];
	const childTables: string[] = [];
	for (const { flattener, keyColumn, rule, collect } of kinds) {
		const found = collect(bundle);
		if (found === undefined) continue;
		childTables.push(flattener.table.name);
		for (const child of assignKeys(found.map(prepare), rule)) {
			const cells = flattener.readCells(child.element, drift);
			cells[flattener.indexOf('travel_request_id')] = requestId;
			if (flattener.has('expense_id')) cells[flattener.indexOf('expense_id')] = child.expenseId;
			cells[flattener.indexOf(keyColumn)] = child.key;
			rows.push(new FlattenedRow(flattener.table, cells, child.element));
		}
	}
	return { rows, childTables };
}

function prepare({ element, expenseId }: Found): KeyedChild {
	return { element, expenseId, raw: writeRawText(element), key: '' };
}

function ofRequest(elements: readonly JsonObject[] | undefined): Found[] | undefined {
	return elements?.map((element) => ({ element, expenseId: null }));
}

function ofExpenses(
	expenses: readonly JsonObject[] | undefined,
	pick: (expense: JsonObject) => unknown,
): Found[] | undefined {
	return expenses?.flatMap((expense) => {
		const list = pick(expense);
		if (!Array.isArray(list)) return [];
		return list.filter(isJsonObject).map((element) => ({ element, expenseId: idOf(expense) }));
	});
}

function idOf(expense: JsonObject): string | null {
	const id = expense['id'];
	return typeof id === 'string' ? id : null;
}

function member(value: unknown, name: string): unknown {
	return isJsonObject(value) ? value[name] : undefined;
}
