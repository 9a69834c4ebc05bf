import { PageSizes } from '../../../pipelines/lists/page-sizes';

/** Which of the windows that a run lists, by their rows, deserve a second look. */
function suspectsOf(pages: PageSizes, windows: readonly number[], isFromTheBeginning = false) {
	return windows.filter((rows) => {
		pages.see(rows);
		return pages.isSuspect(rows, isFromTheBeginning);
	});
}

describe('A window that seems to be whole', () => {
	it('is looked at again where it is as long as the longest page', () => {
		expect(suspectsOf(new PageSizes(), [12, 25, 3, 24, 25, 0])).toEqual([12, 25, 25]);
	});

	it('is not where a longer page was seen, or one as long was looked at', () => {
		const pages = new PageSizes();
		suspectsOf(pages, [40]);
		pages.prove(40);
		expect(suspectsOf(pages, [40, 39, 12, 41, 30])).toEqual([41]);
	});

	it('is not once a full page was seen', () => {
		expect(suspectsOf(new PageSizes(), [100, 99, 50])).toEqual([]);
	});

	it('is not where it is small, unless it is a first load, or small ones are as long again and again', () => {
		expect(suspectsOf(new PageSizes(), [4, 1, 0])).toEqual([]);
		expect(suspectsOf(new PageSizes(), [4], true)).toEqual([4]);
		expect(suspectsOf(new PageSizes(), [4, 4, 4])).toEqual([4]);
		expect(suspectsOf(new PageSizes(), [4, 4, 5, 4, 4])).toEqual([]);
	});

	it('is one time in 64 whatever speaks for it', () => {
		const pages = new PageSizes();
		pages.see(100);
		expect(
			suspectsOf(
				pages,
				Array.from({ length: 128 }, () => 20),
			),
		).toHaveLength(2);
	});

	it('always is where lists were found to differ from call to call', () => {
		const pages = new PageSizes();
		pages.see(100);
		pages.distrust();
		expect(suspectsOf(pages, [2, 1, 0, 50])).toEqual([2, 50]);
		expect(pages.toFact()).toBeUndefined();
	});
});

describe('The length of a page that was found to be cut', () => {
	it('counts as full from then on, and so does every longer one', () => {
		const pages = new PageSizes();
		expect(pages.isFull(25, 100)).toBe(false);
		pages.cut(25);
		expect([24, 25, 60].map((rows) => pages.isFull(rows, 100))).toEqual([false, true, true]);
		expect(pages.isFull(10, 10)).toBe(true);
		expect(pages.usual).toBe(25);
	});
});

describe('What one run has seen of pages', () => {
	const now = Date.parse('2026-11-28T12:00:00Z');
	const recall = (fact: string | undefined, later = now): number[] =>
		suspectsOf(new PageSizes(fact, later), [57, 58]);

	it('is known to the next ones, for a day', () => {
		const pages = new PageSizes();
		expect(pages.toFact(now)).toBeUndefined();
		pages.see(57);
		expect(pages.toFact(now)).toMatch(/^56 /);
		pages.prove(57);
		const fact = pages.toFact(now);
		expect(fact).toBe('57 2026-11-28T12:00:00.000Z');
		expect(recall(fact)).toEqual([58]);
		expect(recall(fact, now + 23 * 3_600_000)).toEqual([58]);
		expect(recall(fact, now + 24 * 3_600_000)).toEqual([57, 58]);
		expect(recall(fact, now - 1)).toEqual([57, 58]);
		const next = new PageSizes(fact, now);
		next.prove(57);
		expect(next.toFact(now)).toBeUndefined();
		next.see(100);
		expect(next.toFact(now)).toMatch(/^100 /);
	});

	it.each([undefined, '', 'x', '57', '57 ', '57 yesterday', '-1 2026-11-28T12:00:00.000Z'])(
		'is nothing where the target holds %j',
		(fact) => {
			expect(recall(fact)).toEqual([57, 58]);
		},
	);
});
