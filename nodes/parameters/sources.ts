import type {
	IExecuteFunctions,
	IHookFunctions,
	INode,
	INodeProperties,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { Parameters } from './parameters';

/** Where a trigger reads its parameters: as it polls, as n8n (de)activates it, as an event comes in. */
export type TriggerContext = IPollFunctions | IHookFunctions | IWebhookFunctions;

/** Where values come from. */
export interface Source {
	readonly node: INode;
	/** The time zone of the workflow. */
	readonly zone: string;
	readonly itemIndex: number;
	/** A value as n8n has it; undefined where there is none of this name. */
	read(name: string): unknown;
}

/** The parameters of one item: these and nothing else read them. */
export function parametersOf(
	node: IExecuteFunctions,
	itemIndex: number,
	properties: readonly INodeProperties[],
): Parameters {
	const source: Source = {
		node: node.getNode(),
		zone: node.getTimezone(),
		itemIndex,
		read: (name) => node.getNodeParameter(name, itemIndex, absent(name, properties)),
	};
	return new Parameters(source, properties);
}

/** The parameters of a trigger, which has no items. */
export function triggerParameters(
	context: TriggerContext,
	properties: readonly INodeProperties[],
): Parameters {
	const source: Source = {
		node: context.getNode(),
		zone: context.getTimezone(),
		itemIndex: 0,
		read: (name) => context.getNodeParameter(name, absent(name, properties)),
	};
	return new Parameters(source, properties);
}

/**
 * What stands for a parameter that n8n does not hold because the panel hides it. Menus and texts are
 * empty then: what they say by default may answer a traveler, or name a request.
 */
function absent(name: string, properties: readonly INodeProperties[]) {
	const property = properties.find((each) => each.name === name);
	const isHarmless = property?.type === 'boolean' || property?.type === 'number';
	return isHarmless ? property.default : '';
}
