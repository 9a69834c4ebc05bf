import { html, type Content, type Html } from './html';

export interface TableColumn<Item> {
	readonly title: string;
	/** Numbers stand to the right. */
	readonly numeric?: boolean;
	readonly cell: (item: Item) => Content;
}

/** A table that scrolls by itself where it is wider than the page, by keyboard too. */
export function drawTable<Item>(
	caption: string,
	columns: readonly TableColumn<Item>[],
	items: readonly Item[],
): Html {
	return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
		<table>
			<caption>
				${caption}
			</caption>
			<thead>
				<tr>
					${columns.map(({ title, numeric }) => html`<th scope="col" ${classOf(numeric)}>${title}</th>`)}
				</tr>
			</thead>
			<tbody>
				${items.map((item) => drawRow(columns, item))}
			</tbody>
		</table>
	</div>`;
}

function drawRow<Item>(columns: readonly TableColumn<Item>[], item: Item): Html {
	// The first cell names the row.
	return html`<tr>
		${columns.map(({ cell, numeric }, index) =>
			index === 0
				? html`<th scope="row" ${classOf(numeric)}>${cell(item)}</th>`
				: html`<td${classOf(numeric)}>${cell(item)}</td>`,
		)}
	</tr> `;
}

function classOf(numeric: boolean | undefined): Html | undefined {
	return numeric ? html` class="number"` : undefined;
}

/** A text from elsewhere: its writing direction ends with it. */
export function foreign(text: string | undefined): Content {
	return text === undefined ? '–' : html`<bdi>${text}</bdi>`;
}
