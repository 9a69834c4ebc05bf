import { PageHints } from '../../../concur/travel-request/page-hints';
import type { RequestPage } from '../../../concur/travel-request/list-requests';

function page(rows: number, hints: Partial<RequestPage> = {}): RequestPage {
	const items = Array.from({ length: rows }, (_, index) => ({ id: String(index) }));
	return {
		items,
		unreadable: [],
		rows,
		hasNext: false,
		sent: { sentMs: 0, latestMs: undefined },
		bytes: 0,
		...hints,
	};
}

describe('Hints that a list goes on', () => {
	it.each([
		{ given: page(5), start: 0, claims: [] },
		{ given: page(5, { hasNext: true }), start: 0, claims: ['next'] },
		{ given: page(5, { lastStart: 0 }), start: 0, claims: [] },
		{ given: page(0, { lastStart: 0 }), start: 0, claims: [] },
		{ given: page(5, { lastStart: 4 }), start: 0, claims: [] },
		{ given: page(5, { lastStart: 5 }), start: 0, claims: ['last'] },
		{ given: page(5, { lastStart: 10 }), start: 10, claims: [] },
		{ given: page(5, { totalCount: 5 }), start: 0, claims: [] },
		{ given: page(5, { totalCount: 16 }), start: 10, claims: ['totalCount'] },
	])('of $given.rows rows from $start are $claims', ({ given, start, claims }) => {
		expect(new PageHints().claimsOf(given, start)).toEqual(claims);
	});

	const all = page(5, { hasNext: true, lastStart: 480, totalCount: 900 });

	it('are not listened to again once they were wrong', () => {
		const hints = new PageHints();
		expect(hints.estimate(all, 100)).toBe(580);
		hints.settle(['last', 'next'], false);
		expect(hints.claimsOf(all, 0)).toEqual(['totalCount']);
		expect(hints.estimate(all, 100)).toBe(900);
		hints.settle(['totalCount'], false);
		expect(hints.claimsOf(all, 0)).toEqual([]);
		expect(hints.estimate(all, 100)).toBeUndefined();
	});

	it('may be wrong once where they have been right: rows can go between two calls', () => {
		const hints = new PageHints();
		hints.settle(['next'], true);
		hints.settle(['next'], false);
		expect(hints.claimsOf(all, 0)).toContain('next');
	});
});
