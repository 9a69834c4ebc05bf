import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { JsonObject } from '../../concur/json';
import { fieldOf } from './custom-fields';
import type { Parameters } from './parameters';

/** A list of fields that are to lose their values. */
export function clearFieldsOf(fields: readonly INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Clear Fields',
		name: 'clearFields',
		type: 'multiOptions',
		options: [...fields],
		default: [],
		description: 'Fields that are to have no value any more',
	};
}

/**
 * The changes of an update: what 'Update Fields' gave, and null for what {@link clearFieldsOf} asked
 * to clear. No field may be both, and something must change.
 */
export function readUpdate(
	parameters: Parameters,
	given: JsonObject,
	clearable: readonly INodePropertyOptions[],
): JsonObject {
	const changes = { ...given, ...readCleared(parameters, given, clearable) };
	if (Object.keys(changes).length > 0) return changes;
	const advice = "Fill in a field of 'Update Fields', or choose one in 'Clear Fields'.";
	throw parameters.wrong('updateFields', 'changes nothing', advice);
}

function readCleared(
	parameters: Parameters,
	given: JsonObject,
	clearable: readonly INodePropertyOptions[],
): JsonObject {
	const body: Record<string, null> = {};
	for (const each of parameters.list('clearFields')) {
		const { title, name } = fieldOf(parameters, 'clearFields', each, clearable);
		if (name in given) {
			const advice = "Take it out of 'Update Fields' or out of 'Clear Fields'.";
			throw parameters.wrong('clearFields', `has '${title}', which is to be set too`, advice);
		}
		body[name] = null;
	}
	return body;
}
