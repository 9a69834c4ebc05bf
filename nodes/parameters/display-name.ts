import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

type Described = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** The name that the panel shows for a parameter, or for a field somewhere in a collection. */
export function displayNameOf(name: string, properties: readonly Described[]): string | undefined {
	for (const property of properties) {
		if ('type' in property && property.name === name) return property.displayName;
		const found = displayNameOf(name, membersOf(property));
		if (found !== undefined) return found;
	}
	return undefined;
}

function membersOf(property: Described): readonly Described[] {
	if ('values' in property) return property.values;
	return 'options' in property ? (property.options ?? []) : [];
}
