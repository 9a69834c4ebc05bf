import type { INodeProperties } from 'n8n-workflow';

/** A field for one line of text. */
export function textField(
	displayName: string,
	name: string,
	description: string,
	example?: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		...(example !== undefined && { placeholder: `e.g. ${example}` }),
	};
}
