import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

/** The node's parameters for all resources: the two menus, then each operation's own. */
export function describeResources(resources: readonly Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: 'travelRequest',
		},
		...resources.map(describeOperations),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => describeParameters(resource, operation)),
		),
	];
}

function describeOperations({ value, operations }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(toMenuEntry),
		default: firstChoice(operations),
	};
}

/** Reading changes nothing: the safest thing to begin with. */
function firstChoice(operations: readonly Operation[]): string {
	const reading = operations.find(({ value }) => value === 'getAll');
	return (reading ?? operations[0])?.value ?? '';
}

function toMenuEntry({ name, value, action, description }: Operation): INodePropertyOptions {
	return { name, value, action, description };
}

function describeParameters(resource: Resource, operation: Operation): INodeProperties[] {
	return operation.properties.map((property) => ({
		...property,
		displayOptions: showFor(property.displayOptions, resource.value, operation.value),
	}));
}

function showFor(
	own: IDisplayOptions | undefined,
	resource: string,
	operation: string,
): IDisplayOptions {
	return { ...own, show: { ...own?.show, resource: [resource], operation: [operation] } };
}
