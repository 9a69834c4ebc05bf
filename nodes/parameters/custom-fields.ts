import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import type { Parameters } from './parameters';
import { findEntry } from './values/menu';
import { isEmpty, toText } from './values/text';

/** The fields `custom1` and on, for forms with so many of them. */
export function customFieldOptions(count: number): INodePropertyOptions[] {
	return Array.from({ length: count }, (_, index) => ({
		name: `Custom ${index + 1}`,
		value: `custom${index + 1}`,
	}));
}

/** A list of fields that the company has added to a form, each with its value. */
export function customFieldsOf(
	form: string,
	fields: readonly INodePropertyOptions[],
): INodeProperties {
	return {
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Custom Field',
		default: {},
		description: `Fields that the company has added to its form of ${form}`,
		options: [
			{
				displayName: 'Custom Field',
				name: 'customField',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [...fields],
						default: 'custom1',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 54F0CBD8833CB348BD45A6C7C621C951',
						description: 'The value; for a field with a list, the ID of the list item',
					},
				],
			},
		],
	};
}

/** What {@link customFieldsOf} asked for, as members of a body; rows without a value are left out. */
export function readCustomFields(
	parameters: Parameters,
	fields: readonly INodePropertyOptions[],
): JsonObject {
	const body: Record<string, JsonObject> = {};
	for (const row of parameters.rows('customFields')) {
		const { title, name } = fieldOf(parameters, 'customFields', row.raw('field'), fields);
		const value = row.raw('value');
		if (isEmpty(value)) continue;
		const text = toText(value);
		if (text === undefined) {
			throw parameters.wrong(title, 'is not a text', 'Give a text or a number.');
		}
		if (name in body) {
			throw parameters.wrong('customFields', `has '${title}' twice`, 'Keep one of the two.');
		}
		body[name] = { value: text };
	}
	return body;
}

/** The field of a menu that was chosen, also where an expression chose it. */
export function fieldOf(
	parameters: Parameters,
	parameter: string,
	value: unknown,
	fields: readonly INodePropertyOptions[],
): { title: string; name: string } {
	const menu = fields.map((field) => ({ name: field.name, value: String(field.value) }));
	const known = findEntry(value, menu);
	if (known) return { title: known.name, name: known.value };
	const names = menu.map((field) => field.value);
	const advice = `Use one of ${names.slice(0, 3).join(', ')} and so on, as the list has them.`;
	throw parameters.wrong(parameter, 'names a field that is not offered', advice);
}
