import type { INodeProperties } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import type { Parameters } from './parameters';

/** The collections in which operations offer what they do not need. */

export function optionsOf(options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options],
	};
}

/** What a new record may have besides the fields it needs. */
export function additionalFieldsOf(options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [...options],
	};
}

/** What an update may set; it goes with 'Clear Fields'. */
export function updateFieldsOf(options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: "Fields left empty stay as they are; 'Clear Fields' empties them",
		options: [...options],
	};
}

/** JSON for what a collection has no field for, with examples of what that may be. */
export function moreFields(examples?: string): INodeProperties {
	const hint = examples === undefined ? '' : `, such as ${examples}`;
	return {
		displayName: 'More Fields',
		name: 'moreFields',
		type: 'json',
		default: '{}',
		description: `Anything else for the body of the call, as a JSON object${hint}. It wins over the other fields.`,
	};
}

/** What {@link moreFields} asked for, as members of a body; to be spread last. */
export function readMoreFields(chosen: Parameters): JsonObject {
	return chosen.json('moreFields');
}
