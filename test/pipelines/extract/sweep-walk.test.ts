import { Random } from '../../../fake-concur/random';
import { SweepWalk } from '../../../pipelines/extract/sweep-walk';
import { TEST_SEED } from '../../support/seed';

/** A list sorted by number, in which others make and delete records between two pages. */
class MovingList {
	readonly stayed: ReadonlySet<number>;
	#rows: number[];

	constructor(
		private readonly random: Random,
		rows: number,
	) {
		this.#rows = Array.from({ length: rows }, (_, index) => index * 10);
		this.stayed = new Set(this.#rows.filter(() => random.chance(0.4)));
	}

	page(start: number, most: number, hasLinks: boolean) {
		const rows = this.#rows.slice(start, start + most);
		const isMore = start + rows.length < this.#rows.length;
		return {
			items: rows.map((row) => ({ id: String(row) })),
			unreadable: [],
			rows: rows.length,
			hasNext: hasLinks && isMore,
			sentAt: 0,
			bytes: 0,
		};
	}

	change(most: number): void {
		const { random } = this;
		const share = (most / 100) * random.next();
		this.#rows = this.#rows.filter((row) => this.stayed.has(row) || !random.chance(share));
		for (let made = random.between(0, most); made > 0; made--)
			this.#rows.push(random.between(0, 100_000) + 0.5 + made / 1000);
		this.#rows.sort((a, b) => a - b);
	}
}

function walk(list: MovingList, limit: number, hasLinks: boolean, changes: number) {
	const sweep = new SweepWalk();
	const seen: string[] = [];
	let pages = 0;
	while (!sweep.isDone && !sweep.isStuck) {
		pages++;
		seen.push(...sweep.take(list.page(sweep.start, limit, hasLinks), 100).map(({ id }) => id));
		// Others rest in the end, so that the sweep may come to one.
		if (pages < 40) list.change(changes);
	}
	return { seen, pages, isStuck: sweep.isStuck };
}

describe('A sweep', () => {
	it('sees every record that is there all the time, whatever others do', () => {
		const random = new Random(TEST_SEED, 5);
		for (let round = 0; round < 600; round++) {
			const list = new MovingList(random, random.between(0, 400));
			const limit = random.between(2, 100);
			const { seen, isStuck } = walk(list, limit, random.chance(0.5), random.between(0, 15));
			const found = new Set(seen);
			expect(found.size).toBe(seen.length);
			expect(isStuck).toBe(false);
			expect([...list.stayed].filter((row) => !found.has(String(row)))).toEqual([]);
		}
	});

	it('costs one page more than the list has, where nothing moves', () => {
		const random = new Random(TEST_SEED, 6);
		for (const rows of [0, 1, 2, 5, 99, 100, 101, 250]) {
			const { seen, pages } = walk(new MovingList(random, rows), 100, false, 0);
			expect(seen).toHaveLength(rows);
			expect(pages).toBeLessThanOrEqual(Math.ceil(rows / 95) + 1);
		}
	});

	it('gives up on a list that never ends', () => {
		const sweep = new SweepWalk();
		const items = Array.from({ length: 100 }, (_, index) => ({ id: String(index) }));
		let pages = 0;
		for (; !sweep.isStuck && !sweep.isDone && pages < 1000; pages++)
			sweep.take({ items, unreadable: [], rows: 100, hasNext: true, sentAt: 0, bytes: 0 }, 100);
		expect(sweep.isStuck).toBe(true);
		expect(pages).toBeLessThan(100);
	});
});
