import type { INodeProperties } from 'n8n-workflow';
import { isJsonObject } from '../../../concur/json';
import type { Refuse } from '../refuse';
import { parseText } from './json';
import { isEmpty, toText } from './text';

/**
 * The ID that a resource locator stands for, undefined where it is empty. n8n stores an object with a
 * mode and a value; expressions and AI models give that as JSON, or the bare ID or URL.
 */
export function readId(
	value: unknown,
	property: INodeProperties | undefined,
	refuse: Refuse,
): string | undefined {
	const { mode, given } = unwrap(parseText(value));
	if (isEmpty(given)) return undefined;
	const text = toText(given);
	if (text === undefined) {
		throw refuse('is not an ID', 'Choose from the list or give the ID as a text.');
	}
	const byUrl = property?.modes?.find(({ extractValue }) => extractValue);
	const isUrl = byUrl !== undefined && (mode === byUrl.name || /^https?:/i.test(text));
	const regex = isUrl ? byUrl.extractValue?.regex : undefined;
	if (regex === undefined) return text;
	const id = new RegExp(regex).exec(text)?.[1];
	if (id === undefined) throw refuse('is a URL without an ID in it', 'Give the ID itself.');
	return id;
}

function unwrap(value: unknown): { readonly mode?: unknown; readonly given: unknown } {
	if (!isJsonObject(value)) return { given: value };
	if ('value' in value) return { mode: value['mode'], given: value['value'] };
	return { given: Object.keys(value).length === 0 ? undefined : value };
}
