import { PageHints } from '../../../concur/travel-request/page-hints';
import { Random } from '../../../fake-concur/random';
import { AnchoredWalk } from '../../../pipelines/lists/anchored-walk';
import type { SizedPage } from '../../../pipelines/lists/list-page';
import { TEST_SEED } from '../../support/seed';

type Links = 'honest' | 'none' | 'next-always' | 'last-far' | 'count-wrong';
const LINKS: readonly Links[] = ['honest', 'none', 'next-always', 'last-far', 'count-wrong'];

/** A list sorted by number, in which others make and delete records between two pages. */
class MovingList {
	/** Those that are listed all the time. */
	readonly stayed: Set<number>;
	#rows: number[];

	constructor(
		private readonly random: Random,
		rows: number,
	) {
		this.#rows = Array.from({ length: rows }, (_, index) => index * 10);
		this.stayed = new Set(this.#rows);
	}

	page(start: number, limit: number, links: Links = 'honest'): SizedPage {
		const rows = this.#rows.slice(start, start + limit);
		const isMore = start + rows.length < this.#rows.length;
		return {
			items: rows.map((row) => ({ id: String(row) })),
			unreadable: [],
			rows: rows.length,
			hasNext: links === 'next-always' || (links === 'honest' && isMore),
			...(links === 'last-far' && { lastStart: 48_000 }),
			...(links === 'count-wrong' && { totalCount: 1_000_000 }),
			limit: 100,
			sent: { sentMs: 0, latestMs: undefined },
			bytes: 0,
		};
	}

	remove(most: number): void {
		for (let count = this.random.between(0, most); count > 0 && this.#rows.length > 0; count--) {
			const [gone = 0] = this.#rows.splice(this.random.between(0, this.#rows.length - 1), 1);
			this.stayed.delete(gone);
		}
	}

	removeFront(count: number): void {
		for (const gone of this.#rows.splice(0, count)) this.stayed.delete(gone);
	}

	add(most: number): void {
		for (let made = this.random.between(0, most); made > 0; made--)
			this.#rows.push(this.random.between(0, 100_000) + 0.5 + made / 1000);
		this.#rows.sort((a, b) => a - b);
	}
}

interface Scene {
	readonly list: MovingList;
	readonly limit: number;
	readonly isPast: boolean;
	readonly links?: Links;
	readonly change: (page: number) => void;
}

function walkThrough({ list, limit, isPast, links, change }: Scene) {
	const walk = new AnchoredWalk({ hints: new PageHints(), isPast });
	const seen: string[] = [];
	let pages = 0;
	while (!walk.isDone && walk.obstacle === undefined && pages < 10_000) {
		pages++;
		seen.push(...walk.take(list.page(walk.start, limit, links)).map(({ id }) => id));
		change(pages);
	}
	const found = new Set(seen);
	const missed = [...list.stayed].filter((row) => !found.has(String(row)));
	return { seen, pages, missed, obstacle: walk.obstacle, isTwice: found.size < seen.length };
}

const WHOLE = { missed: [], obstacle: undefined, isTwice: false };

describe('An anchored walk', () => {
	it.each([1, 2, 3, 7, 25, 100])(
		'sees every record that stays, whatever leaves a past window meanwhile (pages of %i)',
		(limit) => {
			const random = new Random(TEST_SEED, 5, limit);
			for (let round = 0; round < 300; round++) {
				const list = new MovingList(random, random.between(0, Math.min(400, limit * 12)));
				const links = LINKS[random.between(0, LINKS.length - 1)];
				const most = random.between(0, Math.max(2, Math.floor(limit / 4)));
				const scene = { list, limit, isPast: true, ...(links && { links }) };
				expect(walkThrough({ ...scene, change: () => list.remove(most) })).toMatchObject(WHOLE);
			}
		},
	);

	it.each([2, 3, 7, 25, 100])(
		'sees every record that stays in a list that others add to as well (pages of %i)',
		(limit) => {
			const random = new Random(TEST_SEED, 6, limit);
			for (let round = 0; round < 300; round++) {
				const list = new MovingList(random, random.between(0, Math.min(400, limit * 12)));
				const most = random.between(0, Math.max(1, Math.floor(limit / 8)));
				const change = (page: number): void => {
					// Others rest in the end, so that the walk may come to one.
					if (page > 400) return;
					list.remove(most);
					list.add(most);
				};
				const links = LINKS[random.between(0, LINKS.length - 1)];
				const scene = { list, limit, isPast: false, ...(links && { links }) };
				expect(walkThrough({ ...scene, change })).toMatchObject(WHOLE);
			}
		},
	);

	it('reads a thousand requests while others edit them, and does not begin again', () => {
		const random = new Random(TEST_SEED, 7);
		const list = new MovingList(random, 1000);
		const walk = walkThrough({ list, limit: 100, isPast: true, change: () => list.remove(8) });
		expect(walk).toMatchObject(WHOLE);
		expect(walk.pages).toBeLessThanOrEqual(25);
	});

	it('finds its way back where ten thousand leave at once', () => {
		const random = new Random(TEST_SEED, 8);
		const list = new MovingList(random, 30_000);
		const change = (page: number): void => {
			if (page === 200) list.removeFront(10_000);
		};
		const walk = walkThrough({ list, limit: 100, isPast: true, change });
		expect(walk).toMatchObject(WHOLE);
		expect(walk.pages).toBeLessThanOrEqual(30_000 / 90 + 60);
	});

	it.each(LINKS)('costs a page or two more than the list has, with links that are %s', (links) => {
		for (const rows of [0, 1, 2, 5, 99, 100, 101, 250]) {
			const list = new MovingList(new Random(TEST_SEED, 9), rows);
			const scene = { list, limit: 100, isPast: true, links, change: () => undefined };
			const walk = walkThrough(scene);
			expect(walk).toMatchObject(WHOLE);
			expect(walk.seen).toHaveLength(rows);
			expect(walk.pages).toBeLessThanOrEqual(Math.ceil(rows / 95) + (rows === 1 ? 3 : 2));
		}
	});

	it('gives up on a list that never ends', () => {
		const walk = new AnchoredWalk({ hints: new PageHints(), isPast: true });
		const page = new MovingList(new Random(TEST_SEED, 1), 100).page(0, 100, 'next-always');
		let pages = 0;
		for (; !walk.obstacle && !walk.isDone && pages < 1000; pages++) walk.take(page);
		expect(walk.obstacle).toBe('start-ignored');
		expect(pages).toBeLessThan(10);
	});

	it.each([1, 2, 3])(
		'sees what stays of five records in every way that four calls and edits can meet (pages of %i)',
		(limit) => {
			const ways = Array.from({ length: 6 ** 4 }, (_, way) =>
				Array.from({ length: 4 }, (__, call) => Math.floor(way / 6 ** call) % 6),
			);
			for (const edits of ways) {
				const rows = ['a', 'b', 'c', 'd', 'e'];
				const walk = new AnchoredWalk({ hints: new PageHints(), isPast: true });
				const seen: string[] = [];
				const empty = new MovingList(new Random(TEST_SEED), 0).page(0, limit);
				for (let call = 0; !walk.isDone && !walk.obstacle && call < 60; call++) {
					const items = rows.slice(walk.start, walk.start + limit).map((id) => ({ id }));
					seen.push(...walk.take({ ...empty, items, rows: items.length }).map(({ id }) => id));
					// The sixth way is that nobody edits anything.
					const place = edits[call] ?? 5;
					if (place < 5) rows.splice(place, 1);
				}
				expect([walk.isDone, walk.obstacle, seen.length]).toEqual([
					true,
					undefined,
					new Set(seen).size,
				]);
				expect(seen).toEqual(expect.arrayContaining(rows));
			}
		},
	);

	it('is not ended by pages of any length that a server likes', () => {
		const random = new Random(TEST_SEED, 11);
		for (let round = 0; round < 400; round++) {
			const list = new MovingList(random, random.between(0, 200));
			const walk = new AnchoredWalk({ hints: new PageHints(), isPast: true });
			const seen = new Set<string>();
			for (let pages = 0; !walk.isDone && !walk.obstacle && pages < 2000; pages++) {
				const page = list.page(walk.start, random.between(6, 40), 'none');
				for (const { id } of walk.take(page)) seen.add(id);
				list.remove(1);
			}
			expect(walk.obstacle).toBeUndefined();
			expect([...list.stayed].filter((row) => !seen.has(String(row)))).toEqual([]);
		}
	});

	it.each([3, 10, 50])(
		'never takes a list for whole whose order changes from call to call (pages of %i)',
		(limit) => {
			const random = new Random(TEST_SEED, 10, limit);
			for (let round = 0; round < 200; round++) {
				const rows = Array.from({ length: random.between(limit + 1, limit * 9) }, (_, n) => n);
				const walk = new AnchoredWalk({ hints: new PageHints(), isPast: true });
				const seen = new Set<string>();
				const list = new MovingList(random, 0);
				for (let pages = 0; !walk.isDone && !walk.obstacle && pages < 500; pages++) {
					const mixed = rows
						.map((row) => ({ row, key: random.chance(0.2) ? random.next() * rows.length : row }))
						.sort((a, b) => a.key - b.key)
						.slice(walk.start, walk.start + limit)
						.map(({ row }) => ({ id: String(row) }));
					const page = { ...list.page(0, limit), items: mixed, rows: mixed.length };
					for (const { id } of walk.take(page)) seen.add(id);
				}
				expect(walk.obstacle !== undefined || seen.size === rows.length).toBe(true);
			}
		},
	);
});
