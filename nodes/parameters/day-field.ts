import type { INodeProperties } from 'n8n-workflow';

/** A field for a calendar day. */
export function dayField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `${description}. It counts as written, without time and zone.`,
	};
}
