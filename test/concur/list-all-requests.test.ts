import { Random, type FakeConcur } from '../../fake-concur/index';
import type { ConcurClient } from '../../concur/client';
import { ConfigurationError, IncompleteListError } from '../../concur/errors';
import {
	listAllRequests,
	type ListAllOptions,
} from '../../concur/travel-request/list-all-requests';
import type { ListRequestsQuery, RequestItem } from '../../concur/travel-request/list-requests';
import { TEST_SEED } from '../support/seed';
import { startFake, startServer } from './fake-client';
import { failureOf, json } from './serve';

const start250 = () => startFake({ requests: 250, documentedExamples: false });

/** All pages; `between` runs after each, with its number from 1. */
async function readPages(
	client: ConcurClient,
	query: ListRequestsQuery = {},
	options: ListAllOptions = {},
	between: (page: number, items: RequestItem[]) => void = () => undefined,
): Promise<string[][]> {
	const pages: string[][] = [];
	for await (const items of listAllRequests(client, query, options)) {
		pages.push(items.map(({ id }) => id));
		between(pages.length, items);
	}
	return pages;
}

const starts = ({ calls }: FakeConcur) => calls.map(({ query }) => Number(query['start']));
const sorted = (ids: Iterable<string>) => [...ids].sort();

test.each([
	[undefined, [100, 95, 55], [0, 95, 190]],
	[1, [1], [0]],
	[7, [7], [0]],
	[100, [100], [0]],
	[101, [100, 1], [0, 95]],
	[195, [100, 95], [0, 95]],
	[250, [100, 95, 55], [0, 95, 190]],
	[300, [100, 95, 55], [0, 95, 190]],
])('a limit of %p gives pages of %j, asked for at %j', async (limit, sizes, places) => {
	const { fake, client } = await start250();
	fake.calls.length = 0;
	const pages = await readPages(client, {}, { limit });
	expect(pages.map(({ length }) => length)).toEqual(sizes);
	expect(new Set(pages.flat()).size).toBe(Math.min(limit ?? 250, 250));
	const lists = fake.calls.filter(({ path }) => path.endsWith('/requests'));
	expect(lists.map(({ query }) => Number(query['start']))).toEqual(places);
	for (const { query } of lists) {
		expect(query).toMatchObject({
			limit: String(Math.min(limit ?? 100, 100)),
			sortField: 'requestId',
			sortOrder: 'ASC',
		});
	}
	expect(fake.trapped).toEqual([]);
});

test.each([
	[{ sortOrder: 'DESC' }, { sortField: 'requestId', sortOrder: 'DESC' }],
	[{ sortField: 'startDate' }, { sortField: 'startDate' }],
	[
		{ sortField: 'approvalStatus', sortOrder: 'DESC' },
		{ sortField: 'approvalStatus', sortOrder: 'DESC' },
	],
] as const)('the sort %j is asked for as %j, beside the filters', async (sort, expected) => {
	const { client, server } = await startServer((response) => {
		json(response, { data: [] });
	});
	await readPages(client, { ...sort, view: 'APPROVED', userId: 'U' });
	expect(server.calls.map(({ query }) => Object.fromEntries(query))).toEqual([
		{ ...expected, view: 'APPROVED', userId: 'U', start: '0', limit: '100' },
	]);
});

describe('what happens to the list between two pages', () => {
	test.each([1, 4, 5, 6, 12, 90, 100])(
		'%i requests of the first page are deleted, and none of the rest is missed',
		async (count) => {
			const { fake, client } = await start250();
			const pages = await readPages(client, {}, {}, (page, items) => {
				if (page === 1) for (const { id } of items.slice(0, count)) fake.world.delete(id);
			});
			const read = pages.flat();
			expect(new Set(read).size).toBe(read.length);
			expect(read).toHaveLength(250);
			expect(sorted(read)).toEqual(expect.arrayContaining(fake.world.requests()));
		},
	);

	test('a few left, so the overlap heals it and the scan does not go back', async () => {
		const { fake, client } = await start250();
		fake.calls.length = 0;
		await readPages(client, {}, {}, (page, items) => {
			if (page === 1) for (const { id } of items.slice(0, 4)) fake.world.delete(id);
		});
		expect(starts(fake).slice(-3)).toEqual([0, 95, 190]);
	});

	test('more left than the overlap holds, so the scan goes back until it knows a request', async () => {
		const { fake, client } = await start250();
		const pages = await readPages(client, {}, {}, (page, items) => {
			if (page === 1) for (const { id } of items.slice(0, 12)) fake.world.delete(id);
		});
		expect(starts(fake).slice(-5)).toEqual([0, 95, 0, 95, 190]);
		expect(pages.map(({ length }) => length)).toEqual([100, 100, 7, 43]);
	});

	test('an edit takes some out of the filter', async () => {
		const { fake, client } = await start250();
		const modifiedBefore = Math.floor(fake.clock.now().getTime() / 1000) + 1;
		fake.clock.advance(60_000);
		const all = fake.world.requests();
		const pages = await readPages(client, { modifiedBefore }, {}, (page, items) => {
			if (page > 2) return;
			for (const { id } of items.slice(0, 8)) fake.world.edit(id, { comment: 'moved' });
		});
		expect(sorted(pages.flat())).toEqual(sorted(all));
	});

	test('the list shrinks to less than was read', async () => {
		const { fake, client } = await startFake({ requests: 105, documentedExamples: false });
		const pages = await readPages(client, {}, {}, (page, items) => {
			if (page === 1) for (const { id } of items.slice(0, 30)) fake.world.delete(id);
		});
		expect(new Set(pages.flat()).size).toBe(105);
		expect(pages.flat()).toHaveLength(105);
	});

	test('requests come and go at every page, and those that stay are all read, once', async () => {
		const { fake, client } = await start250();
		const before = fake.world.requests();
		fake.world.schedule({ edits: 2, creates: 1, deletes: 7, everyCalls: 1, on: 'list', times: 4 });
		const read = (await readPages(client)).flat();
		const living = new Set(fake.world.requests());
		expect(new Set(read).size).toBe(read.length);
		expect(read).toEqual(expect.arrayContaining(before.filter((id) => living.has(id))));
	});
});

describe('however Concur shapes its pages, all are read', () => {
	test.each<[string, (fake: FakeConcur) => void]>([
		['no links at all', ({ quirks }) => (quirks.listLinks = 'none')],
		['only first and last', ({ quirks }) => (quirks.listLinks = 'firstLast')],
		['a next link that is forgotten', ({ quirks }) => (quirks.dropNext = true)],
		['pages of 10 whatever is asked', ({ quirks }) => (quirks.ignoreLimit = 10)],
		['pages of 1 whatever is asked', ({ quirks }) => (quirks.ignoreLimit = 1)],
		[
			'pages of 7 with only first and last',
			({ quirks }) => Object.assign(quirks, { ignoreLimit: 7, listLinks: 'firstLast' }),
		],
		['a next link to an empty page', ({ quirks }) => (quirks.nextAfterExactlyFullPage = true)],
	])('%s', async (_name, change) => {
		for (const requests of [0, 1, 99, 100, 101, 195]) {
			const { fake, client } = await startFake({ requests, documentedExamples: false });
			change(fake);
			const read = (await readPages(client)).flat();
			expect(sorted(read)).toEqual(sorted(fake.world.requests()));
			expect(fake.trapped).toEqual([]);
		}
	});
});

describe('a strange server is not asked for ever, and what may be missing is told', () => {
	const page = (from: number, to: number) =>
		Array.from({ length: to - from }, (_, n) => ({ id: `R${from + n}` }));
	const next = [{ rel: 'next', href: 'https://evil.example/?start=100' }];
	const last = [{ rel: 'last', href: 'https://us.example/?start=4800' }];
	const all = (start: number) => page(Math.min(250, start), Math.min(250, start + 100));

	interface Strange {
		readonly server: string;
		readonly answer: (start: number) => object;
		readonly count: number;
		readonly most: number;
		readonly isOpen: boolean;
	}
	test.each<Strange>([
		{
			server: 'that ignores start',
			answer: () => ({ data: page(0, 100), operations: next }),
			...{ count: 100, most: 2, isOpen: true },
		},
		{
			server: 'whose second page is empty, though a next link led there',
			answer: (start) => ({ data: start === 0 ? page(0, 100) : [], operations: next }),
			...{ count: 100, most: 12, isOpen: true },
		},
		{
			server: 'whose pages do not overlap',
			answer: (start) => ({
				data: start < 300 ? page(start * 2, start * 2 + 100) : [],
				operations: next,
			}),
			...{ count: 0, most: 40, isOpen: true },
		},
		{
			server: 'with next on every page',
			answer: (start) => ({ data: all(start), operations: next }),
			...{ count: 250, most: 12, isOpen: true },
		},
		{
			server: 'with an empty page that names a next one among the others',
			answer: (start) => ({ data: start === 95 ? [] : all(start), operations: next }),
			...{ count: 155, most: 20, isOpen: true },
		},
		{
			server: 'with a last link and a count far behind the end',
			answer: (start) => ({ data: all(start), operations: last, totalCount: 9999 }),
			...{ count: 250, most: 5, isOpen: false },
		},
		{
			server: 'with 51 records a page, one of them without an id',
			answer: (start) => ({ data: [...all(start).slice(0, 50), null] }),
			...{ count: 250, most: 7, isOpen: true },
		},
	])('$server', async ({ answer, count, most, isOpen }) => {
		const { client, server } = await startServer((response, { query }) => {
			json(response, answer(Number(query.get('start'))));
		});
		const told: string[] = [];
		const onOpen = ({ code }: IncompleteListError): void => void told.push(code);
		const read = (await readPages(client, {}, { onOpen })).flat();
		expect(new Set(read).size).toBe(read.length);
		expect(read.length).toBeGreaterThanOrEqual(count);
		expect(server.calls.length).toBeLessThanOrEqual(most);
		expect(told).toEqual(isOpen ? ['CONCUR_INCOMPLETE_LIST'] : []);
	});

	test('by an error after all that was read, where nobody listens', async () => {
		const { client } = await startServer((response) => {
			json(response, { data: page(0, 100) });
		});
		const read: string[] = [];
		const failure = await failureOf(
			readPages(client, {}, {}, (_, items) => read.push(...items.map(({ id }) => id))),
		);
		expect(failure).toBeInstanceOf(IncompleteListError);
		expect(read).toHaveLength(100);
	});
});

test.each(Array.from({ length: 15 }, (_, run) => run))(
	'whatever leaves a list that grows at its end, all that stay are read, once (run %i)',
	async (run) => {
		const random = new Random(TEST_SEED, 31, run);
		let ids = Array.from({ length: 300 }, (_, n) => n);
		let made = ids.length;
		const rows = random.between(6, 100);
		const { client, server } = await startServer((response, { query }) => {
			const start = Number(query.get('start'));
			const data = ids.slice(start, start + rows).map((n) => ({ id: `R${n}` }));
			const operations = start + rows < ids.length ? [{ rel: 'next', href: '' }] : [];
			json(response, { data, operations });
			for (let n = random.between(0, 14); n > 0; n--) {
				const gone = random.between(0, Math.min(ids.length, start + rows));
				ids = ids.filter((_, place) => place !== gone);
			}
			if (random.chance(0.3)) ids.push(made++);
		});
		const read = (await readPages(client)).flat();
		expect(new Set(read).size).toBe(read.length);
		const stayed = ids.filter((n) => n < 300).map((n) => `R${n}`);
		expect(read).toEqual(expect.arrayContaining(stayed));
		expect(server.calls.length).toBeLessThan(200);
	},
);

test.each([0, -1, 1.5, Number.NaN])('a limit of %p is refused', async (limit) => {
	const { client, server } = await startServer((response) => {
		json(response, { data: [] });
	});
	expect(await failureOf(readPages(client, {}, { limit }))).toBeInstanceOf(ConfigurationError);
	expect(server.calls).toEqual([]);
});

test('a signal ends the reading between two pages', async () => {
	const { client } = await start250();
	const stop = new AbortController();
	const read = readPages(client, {}, { signal: stop.signal }, () => {
		stop.abort(new Error('enough'));
	});
	expect(await failureOf(read)).toMatchObject({ message: 'enough' });
});
