import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import type { Refuse } from './refuse';
import { parseText, toRecord } from './values/json';
import { findEntry } from './values/menu';
import { isEmpty } from './values/text';

/** What lies in collections: objects of fields, as n8n stores them or as an expression gives them. */

/** The fields of a `collection`, or of the one group of a `fixedCollection`. */
export function fieldsOf(property: INodeProperties | undefined): readonly INodeProperties[] {
	const group = groupOf(property);
	if (group) return group.values;
	return (property?.options ?? []).filter((option) => 'type' in option);
}

/** The values of one object of fields, by the fields' names; all of them must be known. */
export function readFields(
	value: unknown,
	property: INodeProperties | undefined,
	refuse: Refuse,
): JsonObject {
	const record = toRecord(unwrap(value, property));
	if (!record) throw refuse('is not a JSON object', 'Write it as {"field": "value"}.');
	const menu = fieldsOf(property).map(({ name, displayName }) => ({
		value: name,
		name: displayName,
	}));
	const fields = new Map<string, unknown>();
	for (const [key, given] of Object.entries(record)) {
		const field = findEntry(key, menu);
		if (!field) {
			const names = menu.map((each) => each.value).join(', ');
			throw refuse(`has no field '${key}'`, `Its fields are ${names}.`);
		}
		if (fields.has(field.value)) {
			throw refuse(`has the field '${field.name}' twice`, 'Keep one of the two.');
		}
		fields.set(field.value, given);
	}
	return Object.fromEntries(fields);
}

/** The same for several such objects; one alone is a list of one. */
export function readRows(
	value: unknown,
	property: INodeProperties | undefined,
	refuse: Refuse,
): readonly JsonObject[] {
	const rows = parseText(unwrap(value, property));
	if (isEmpty(rows)) return [];
	return (Array.isArray(rows) ? rows : [rows])
		.map((row) => readFields(row, property, refuse))
		.filter((row) => Object.keys(row).length > 0);
}

/** n8n wraps what a fixed collection holds in the name of its group; others leave that out. */
function unwrap(value: unknown, property: INodeProperties | undefined): unknown {
	const group = groupOf(property);
	const record = group ? toRecord(value) : undefined;
	const [key, ...others] = Object.keys(record ?? {});
	if (!group || !record || key === undefined || others.length > 0) return value;
	const isGroup = findEntry(key, [{ value: group.name, name: group.displayName }]) !== undefined;
	return isGroup ? record[key] : value;
}

function groupOf(property: INodeProperties | undefined): INodePropertyCollection | undefined {
	return property?.options?.find((option) => 'values' in option);
}
