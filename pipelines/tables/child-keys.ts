import { hash } from 'node:crypto';
import type { JsonObject } from '../../concur/json';

/** A child element on its way to a row: its raw text, and the key it gets. */
export interface KeyedChild {
	readonly element: JsonObject;
	readonly raw: string;
	/** The expense it belongs to; null for children of the request itself. */
	readonly expenseId: string | null;
	key: string;
}

/** How a table's rows are told apart. */
export interface KeyRule {
	/** Members that may hold the element's own id, the first one present counts. */
	readonly idMembers: readonly string[];
	/** What identifies an element that has no id; without it, its whole content does. */
	readonly identify?: (element: JsonObject) => unknown;
}

/**
 * Gives each element a key that no other one of its request has in that table: its own id, or a
 * hash of what identifies it. Elements that would share a key are numbered in the order of their
 * text, so the same set gets the same keys whatever order Concur lists it in. An element that is
 * there twice, letter for letter and with an id, is one.
 */
export function assignKeys(children: readonly KeyedChild[], rule: KeyRule): KeyedChild[] {
	const groups = new Map<string, KeyedChild[]>();
	for (const child of children) {
		const id = readId(child.element, rule);
		const key = id ?? hashContent(child, rule);
		const group = groups.get(key);
		if (!group) groups.set(key, [child]);
		else if (id === undefined || !group.some((other) => isSame(other, child))) group.push(child);
	}
	const keyed: KeyedChild[] = [];
	for (const [key, group] of groups) {
		if (group.length > 1) group.sort(compareText);
		group.forEach((child, index) => {
			child.key = index === 0 ? key : `${key}#${index + 1}`;
			keyed.push(child);
		});
	}
	return keyed;
}

/** No id of Concur's is as long; PostgreSQL indexes no text of more than 2,700 bytes. */
const LONGEST_ID = 200;

/** The element's own id, where it has one. */
export function readId(element: JsonObject, rule: KeyRule): string | undefined {
	for (const member of rule.idMembers) {
		const id = element[member];
		if (typeof id === 'string' && id !== '' && id.length <= LONGEST_ID) return id;
		if (typeof id === 'number') return String(id);
	}
	return undefined;
}

function hashContent(child: KeyedChild, rule: KeyRule): string {
	const identity = rule.identify ? JSON.stringify(rule.identify(child.element)) : child.raw;
	return `content-${hash('sha256', `${child.expenseId ?? ''}\n${identity}`).slice(0, 32)}`;
}

function isSame(one: KeyedChild, other: KeyedChild): boolean {
	return one.raw === other.raw && one.expenseId === other.expenseId;
}

function compareText(one: KeyedChild, other: KeyedChild): number {
	const a = `${one.raw}\n${one.expenseId ?? ''}`;
	const b = `${other.raw}\n${other.expenseId ?? ''}`;
	return a < b ? -1 : a > b ? 1 : 0;
}
