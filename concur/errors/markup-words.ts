import type { ErrorWords } from './error-words';

const PAGE_TEXT = 300;

/** What an error in XML says: the v3 family's `Error`, or whatever a gateway writes. */
export function readXmlWords(markup: string): ErrorWords {
	const messages = elements(markup, '(?:error)?message|faultstring|error_description|detail');
	const [concurCode] = elements(markup, '(?:error)?code|faultcode');
	const [correlationId] = elements(markup, 'id');
	const said = messages.length > 0 ? [...new Set(messages)].join('; ') : visibleText(markup);
	return { concurCode, message: said === '' ? undefined : said, correlationId };
}

/** What a web page says: its title and the start of what it shows. */
export function describePage(markup: string): string | undefined {
	const [title] = elements(markup, 'title');
	const body = visibleText(markup.replace(/<head\b.*?<\/head>/is, ' '));
	const text = body.startsWith(title ?? '') ? body.slice((title ?? '').length).trim() : body;
	const start = text.length > PAGE_TEXT ? `${text.slice(0, PAGE_TEXT)}…` : text;
	if (title === undefined) return start === '' ? undefined : `a web page: ${start}`;
	return start === '' ? `a web page titled ${title}` : `a web page titled ${title}: ${start}`;
}

/** The texts of all elements of a name, with any prefix and any attributes. */
function elements(markup: string, name: string): string[] {
	const pattern = new RegExp(
		String.raw`<(?:[\w-]+:)?(?:${name})(?:\s[^>]*)?>((?:<!\[CDATA\[.*?\]\]>|[^<])*)<\/`,
		'gis',
	);
	return [...markup.matchAll(pattern)]
		.map(([, text = '']) => decodeText(text))
		.filter((text) => text !== '');
}

function visibleText(markup: string): string {
	return decodeText(
		markup
			.replace(/<(script|style)\b.*?<\/\1>/gis, ' ')
			.replace(/<!--.*?-->|<\?.*?\?>|<!doctype[^>]*>/gis, ' ')
			.replace(/<!\[CDATA\[(.*?)\]\]>/gs, (_all, text: string) => text.replaceAll('<', '&lt;'))
			.replace(/<[^>]*>/g, ' '),
	);
}

const ENTITIES: Readonly<Record<string, string>> = {
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	amp: '&',
};

function decodeText(text: string): string {
	return text
		.replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, decodeEntity)
		.replace(/\s+/g, ' ')
		.trim();
}

function decodeEntity(
	all: string,
	decimal: string | undefined,
	hexadecimal: string | undefined,
	name: string | undefined,
): string {
	if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
	const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
}
