import { isJsonObject, type JsonObject } from '../../concur/json';
import { readers, type ReadCell } from './cells';
import type { Drift } from './drift';
import type { Cell, Table } from './table';

/** What to do with one member of an object: read it into cells, go down into it, or leave it. */
interface Member {
	/** `table.path`, the name drift is counted under. */
	readonly name: string;
	readonly cells: { readonly index: number; readonly read: ReadCell }[];
	readonly members: Map<string, Member>;
}

/** Turns elements of one kind into cells of one table. Compiled once, used for every row. */
export interface Flattener {
	readonly table: Table;
	/** Cells in the order of the columns; given columns are left null. */
	readCells(element: JsonObject, drift: Drift): Cell[];
	/** Where a column stands. */
	indexOf(column: string): number;
	has(column: string): boolean;
}

function reachMember(root: Member, path: readonly string[]): Member {
	let at = root;
	for (const part of path) {
		let next = at.members.get(part);
		if (!next) {
			next = { name: `${at.name}.${part}`, cells: [], members: new Map() };
			at.members.set(part, next);
		}
		at = next;
	}
	return at;
}

/**
 * Compiles a table's columns into one walk over an element's own members: its cost follows what is
 * there, not the hundred columns that may be, and a member without an entry is drift.
 */
export function compileFlattener(table: Table): Flattener {
	const root: Member = { name: table.name, cells: [], members: new Map() };
	table.columns.forEach((column, index) => {
		for (const path of [column.path, ...(column.alternatives ?? [])]) {
			if (path.length === 0) continue;
			reachMember(root, path).cells.push({ index, read: readers[column.type] });
		}
	});
	for (const path of table.ignored ?? []) reachMember(root, path);
	const empty: Cell[] = table.columns.map(() => null);
	const indexes = new Map(table.columns.map((column, index) => [column.name, index]));
	return {
		table,
		readCells(element, drift) {
			const cells = empty.slice();
			readMembers(element, root, cells, drift);
			return cells;
		},
		indexOf(column) {
			const index = indexes.get(column);
			if (index === undefined) throw new RangeError(`${table.name} has no column ${column}`);
			return index;
		},
		has: (column) => indexes.has(column),
	};
}

function readMembers(element: JsonObject, from: Member, cells: Cell[], drift: Drift): void {
	for (const key in element) {
		const value = element[key];
		const member = from.members.get(key);
		if (member === undefined) {
			drift.count(`${from.name}.${key}`);
			continue;
		}
		if (value === null || value === undefined) continue;
		for (const { index, read } of member.cells) {
			// The same value under another name never overwrites one already read.
			if (cells[index] === null) cells[index] = read(value, drift, member.name);
		}
		if (member.members.size === 0) continue;
		if (isJsonObject(value)) readMembers(value, member, cells, drift);
		else drift.count(member.name);
	}
}
