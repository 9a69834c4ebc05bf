import type { RequestPage } from './list-requests';

/** What beside its length may say that a page is not the last one of its list. */
const KINDS = ['next', 'last', 'totalCount'] as const;
export type HintKind = (typeof KINDS)[number];

/**
 * Which of Concur's hints about the length of a list are believed.
 *
 * A page that is full may always have others behind it, whatever its links say. One that is not is
 * the last one, unless a hint claims more: a server may hold its pages short. But samples of real
 * answers show a `last` link far behind the end and a `totalCount` that fits neither (facts, 9),
 * and a gateway may add a `next` to every page. So a claim is not believed, it is *settled*: one
 * further call, at the place where the page ended, shows more or shows nothing. A kind of hint that
 * was wrong is not listened to again, unless the same kind has been right before: then rows may
 * have gone between the two calls.
 */
export class PageHints {
	readonly #wrong = new Set<HintKind>();
	readonly #right = new Set<HintKind>();

	/** The kinds of hint that claim rows behind a page that began at `start`. */
	claimsOf(page: RequestPage, start: number): HintKind[] {
		return KINDS.filter((kind) => !this.#wrong.has(kind) && claims(kind, page, start));
	}

	/** How many rows the hints that are believed claim for the whole list, if any does: the least. */
	estimate(page: RequestPage, limit: number): number | undefined {
		const { lastStart, totalCount } = page;
		const claims = [
			...(lastStart === undefined || this.#wrong.has('last') ? [] : [lastStart + limit]),
			...(totalCount === undefined || this.#wrong.has('totalCount') ? [] : [totalCount]),
		].filter((rows) => rows > page.rows);
		return claims.length === 0 ? undefined : Math.min(...claims);
	}

	/** Takes in what one further call has shown. */
	settle(kinds: readonly HintKind[], hasMore: boolean): void {
		for (const kind of kinds) {
			if (hasMore) this.#right.add(kind);
			else if (!this.#right.has(kind)) this.#wrong.add(kind);
		}
	}
}

function claims(kind: HintKind, page: RequestPage, start: number): boolean {
	const end = start + page.rows;
	if (kind === 'next') return page.hasNext;
	if (kind === 'totalCount') return (page.totalCount ?? 0) > end;
	// An empty page at the place that `last` names is the end that it claims.
	return (page.lastStart ?? 0) >= Math.max(end, start + 1);
}
