/** A piece of a page. Only `html` makes one, so that no text gets into a page unescaped. */
export class Html {
	constructor(readonly text: string) {}
}

export type Content = Html | string | number | undefined | readonly Content[];

/** A template whose holes are escaped, unless they hold pieces made by this same function. */
export function html(parts: TemplateStringsArray, ...holes: readonly Content[]): Html {
	return new Html(parts.reduce((page, part, index) => page + render(holes[index - 1]) + part));
}

/** A stylesheet of this package's own, which must not be escaped. */
export function styleElement(css: string): Html {
	return new Html(`<style>${css}</style>`);
}

function render(content: Content): string {
	if (content === undefined) return '';
	if (content instanceof Html) return content.text;
	if (typeof content === 'object') return content.map(render).join('');
	return escape(String(content));
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/**
 * HTML knows no other control characters than these white spaces, and no half surrogates; and no text
 * may turn the writing of what comes after it.
 */
function escape(text: string): string {
	return text
		.replace(/[^\P{Cc}\t\n]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
		.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
