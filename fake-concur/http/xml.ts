import { isObject, type JsonValue } from '../json';

const namespaces =
	'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** Connection requests answer XML unless the Accept header asks for JSON. */
export function wantsJson(accept: string | undefined): boolean {
	return accept !== undefined && /json/i.test(accept);
}

/** Escapes text for XML. */
export function escapeXml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/\r/g, '&#13;');
}

/** An XML document of a root element with these members; null becomes xsi:nil. */
export function writeXml(root: string, value: JsonValue): string {
	return `<${root} ${namespaces}>${members(value)}</${root}>`;
}

function members(value: JsonValue): string {
	if (typeof value === 'string') return escapeXml(value);
	if (!isObject(value)) return JSON.stringify(value);
	return Object.entries(value)
		.map(([name, member]) => element(name, member))
		.join('');
}

function element(name: string, value: JsonValue): string {
	if (value === null) return `<${name} xsi:nil="true" />`;
	// Only Items is a list, and its elements are called ConnectionRequest.
	if (Array.isArray(value)) {
		const items = value.map((each) => `<ConnectionRequest>${members(each)}</ConnectionRequest>`);
		return `<${name}>${items.join('')}</${name}>`;
	}
	return `<${name}>${members(value)}</${name}>`;
}
