import { parseXml, XmlElement } from '@rgrove/parse-xml';
import type { JsonObject } from '../../json';
import { mendXml, restoreText } from './mend-xml';

/**
 * Reads an answer of Connection Requests that came as XML, its default form, although JSON was asked
 * for, into what the JSON of it would be: the same names, every value a text. Roots have the names of
 * the page (`ConnectionRequests`) or those of the models that pages made from a swagger show
 * (`ConnectionRequestCollection`, of whose `Items` each is a request).
 * @returns undefined for what is none of them, such as JSON or a web page.
 */
export function readXmlAnswer(text: string): JsonObject | undefined {
	// Says as much as <Void/>.
	if (text.trim() === '') return {};
	if (!text.trimStart().startsWith('<')) return undefined;
	const root = parseRoot(text);
	return root && READERS[nameOf(root)]?.(root);
}

type Reader = (root: XmlElement) => JsonObject;

const READERS: Readonly<Record<string, Reader | undefined>> = {
	ConnectionRequests: readList,
	ConnectionRequestCollection: readList,
	ConnectionRequest: readMembers,
	ConnectionRequestGet: readMembers,
	CreateResponse: readMembers,
	// Its display name in the swagger of 3.0.
	Response: readMembers,
	Void: readMembers,
};

/** Undefined where it is not sound: cut short, say. Entities that a DTD defines are left as they are. */
function parseRoot(text: string): XmlElement | undefined {
	try {
		return parseXml(mendXml(text), { ignoreUndefinedEntities: true }).root ?? undefined;
	} catch {
		// Also a stack that is too small for elements nested thousands deep. Messages quote the text.
		return undefined;
	}
}

function readList(root: XmlElement): JsonObject {
	const lists = childrenOf(root).filter((child) => nameOf(child) === 'Items');
	const others = childrenOf(root).filter((child) => nameOf(child) !== 'Items');
	const members = Object.fromEntries(others.map((child) => [nameOf(child), readValue(child)]));
	if (lists.length === 0) return members;
	return { ...members, Items: lists.every(isNil) ? null : lists.flatMap(readItems) };
}

/** The requests in an `Items`, which may be one itself. */
function readItems(items: XmlElement): (JsonObject | null)[] {
	const children = childrenOf(items);
	const isList = children.every((child) => /^ConnectionRequest(Get)?$/.test(nameOf(child)));
	if (isList) return children.map((child) => (isNil(child) ? null : readMembers(child)));
	return [readMembers(items)];
}

function readMembers(element: XmlElement): JsonObject {
	return Object.fromEntries(childrenOf(element).map((child) => [nameOf(child), readValue(child)]));
}

/** Numbers stay text: a loyalty number may begin with zeros. */
function readValue(element: XmlElement): unknown {
	if (isNil(element)) return null;
	const isObject = childrenOf(element).length > 0 || /^emailAddresses$/i.test(nameOf(element));
	return isObject ? readMembers(element) : restoreText(element.text);
}

function childrenOf(element: XmlElement): XmlElement[] {
	return element.children.filter((child) => child instanceof XmlElement);
}

function isNil({ attributes }: XmlElement): boolean {
	return Object.entries(attributes).some(
		([name, value]) => withoutPrefix(name) === 'nil' && /^(true|1)$/.test(value.trim()),
	);
}

function nameOf({ name }: XmlElement): string {
	return withoutPrefix(name);
}

/** The prefix of a namespace is the server's choice. */
function withoutPrefix(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}
