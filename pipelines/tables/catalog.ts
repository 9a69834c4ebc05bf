import { streamNames, type StreamName } from '../sinks/sink';
import { connectionRequests } from './connection-requests';
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
import type { Table } from './table';
import { travelRequests } from './travel-requests';

/** Every table there is, parents before children. */
export const tables: readonly Table[] = [
	travelRequests,
	travelRequestExpenses,
	travelRequestExpenseAllocations,
	travelRequestExpenseLegs,
	travelRequestComments,
	travelRequestExceptions,
	travelRequestCashAdvances,
	connectionRequests,
];

const byName = new Map(tables.map((table) => [table.name, table]));

/** The table of that name; undefined where there is none. */
export function findTable(name: string): Table | undefined {
	return byName.get(name);
}

const rootTables: Readonly<Record<StreamName, Table>> = {
	'travel-requests': travelRequests,
	'connection-requests': connectionRequests,
};

/** The root table of a stream. */
export function rootTableOf(stream: StreamName): Table {
	return rootTables[stream];
}

/** The tables that a stream fills, its root table first. */
export function tablesOf(stream: StreamName): readonly Table[] {
	const root = rootTableOf(stream);
	return [root, ...childTablesOf(root)];
}

/** The stream that fills a table. */
export function streamOf(table: Table): StreamName | undefined {
	const root = findRoot(table);
	return streamNames.find((stream) => rootTables[stream] === root);
}

/** The root table above a table, or the table itself. */
export function findRoot(table: Table): Table {
	const parent = table.parent === undefined ? undefined : findTable(table.parent);
	return parent ? findRoot(parent) : table;
}

/** The tables below a root table, at any depth. */
export function childTablesOf(root: Table): readonly Table[] {
	const below = new Set([root.name]);
	return tables.filter((table) => {
		if (table.parent === undefined || !below.has(table.parent)) return false;
		below.add(table.name);
		return true;
	});
}

/** The column by which a child's row names its root row. */
export const rootIdColumn = 'travel_request_id';
