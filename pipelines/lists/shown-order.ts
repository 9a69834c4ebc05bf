import type { RequestItem } from '../../concur/travel-request/list-requests';

/** Where a record was last shown: the number of the page and the place in it. */
interface Shown {
	readonly page: number;
	readonly place: number;
}

/** Which records pages of a list have shown, and whether in an order that stays. */
export class ShownOrder {
	readonly #shown = new Map<string, Shown>();
	#pages = 0;

	/** Returns the records of a page that none before has shown, each once. */
	take(items: readonly RequestItem[]): RequestItem[] {
		const fresh = new Map(
			items.filter(({ id }) => !this.#shown.has(id)).map((item) => [item.id, item]),
		);
		this.#pages++;
		items.forEach(({ id }, place) => this.#shown.set(id, { page: this.#pages, place }));
		return [...fresh.values()];
	}

	/** Whether a page shows two records in one order that another page has shown in the other. */
	contradicts(items: readonly RequestItem[]): boolean {
		let last: Shown | undefined;
		for (const { id } of items) {
			const shown = this.#shown.get(id);
			if (last && shown && last.page === shown.page && last.place > shown.place) return true;
			last = shown ?? last;
		}
		return false;
	}
}
