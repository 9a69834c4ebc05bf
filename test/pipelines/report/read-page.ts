import { parsers } from 'prettier/plugins/html';
import { z } from 'zod';

/** An element or a text of a parsed page. */
export interface PageNode {
	/** In lower case; '' for a text. */
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly PageNode[];
	/** All text within, entities resolved, white space as the browser shows it. */
	readonly text: string;
}

interface ParsedNode {
	name?: string | undefined;
	value?: string | null | undefined;
	kind: string;
	attrs?: { name: string; value?: string | null | undefined }[] | undefined;
	children?: ParsedNode[] | undefined;
}

const parsedNode: z.ZodType<ParsedNode> = z.lazy(() =>
	z.object({
		kind: z.string(),
		name: z.string().optional(),
		value: z.string().nullish(),
		attrs: z.array(z.object({ name: z.string(), value: z.string().nullish() })).optional(),
		children: z.array(parsedNode).optional(),
	}),
);

const parse = z
	.function()
	.args(z.string(), z.object({}).passthrough())
	.returns(z.unknown())
	.parse(parsers.html.parse);

/** Reads a page with a parser that is not this package's. Throws where tags do not match. */
export function readPage(page: string): PageNode {
	return simplify(parsedNode.parse(parse(page, { parser: 'html', filepath: 'page.html' })));
}

/** The elements of some name below a node, in the order of the page. */
export function findAll(node: PageNode, name: string): PageNode[] {
	return node.children.flatMap((child) => [
		...(child.name === name ? [child] : []),
		...findAll(child, name),
	]);
}

/** A table's rows below its head, by the titles of its columns. */
export function readTable(page: PageNode, caption: string): Record<string, string>[] {
	const table = findAll(page, 'table').find((each) =>
		findAll(each, 'caption').some(({ text }) => text.startsWith(caption)),
	);
	if (!table) throw new Error(`There is no table ${caption}.`);
	const [head, ...rows] = findAll(table, 'tr');
	const titles = head ? findAll(head, 'th').map(({ text }) => text) : [];
	return rows.map((row) => {
		const cells = row.children.filter(({ name }) => name === 'th' || name === 'td');
		return Object.fromEntries(cells.map(({ text }, index) => [titles[index] ?? '', text]));
	});
}

const entities: Readonly<Record<string, string>> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
	'&amp;': '&',
};

function simplify(node: ParsedNode): PageNode {
	const children = (node.children ?? []).map(simplify);
	const own = node.kind === 'text' ? resolve(node.value ?? '') : '';
	const text = [own, ...children.map((child) => child.text)].join('');
	return {
		name: node.kind === 'element' ? (node.name ?? '').toLowerCase() : '',
		attributes: Object.fromEntries(
			(node.attrs ?? []).map(({ name, value }) => [name, resolve(value ?? '')]),
		),
		children,
		text: node.kind === 'text' ? text : text.trim(),
	};
}

function resolve(text: string): string {
	return text
		.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
		.replace(/\s+/g, ' ');
}
