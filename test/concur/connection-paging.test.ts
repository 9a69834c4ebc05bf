import {
	drainConnectionRequests,
	readAllConnectionRequests,
} from '../../concur/connection-request/queue/drain-connection-requests';
import { updateConnectionRequest } from '../../concur/connection-request/update-connection-request';
import { connectionVersions } from '../../concur/connection-request/versions';
import { countCalls, startFake, startServer } from './fake-client';
import { failureOf, json, type SeenCall } from './serve';

const kinds = ['queue', 'lease', 'status'] as const;
const sizes = [0, 1, 9, 10, 11, 20, 23];

test.each(kinds.flatMap((kind) => sizes.map((size) => [kind, size] as const)))(
	'with the queue’s semantics “%s”, all of %i requests are read, each once',
	async (connectionQueue, connectionRequests) => {
		const { fake, client } = await startFake({ connectionQueue, connectionRequests });
		for (const quirk of ['singleItemAsObject', 'omitLastNextPage'] as const) {
			fake.quirks[quirk] = connectionRequests % 2 === 1;
		}
		const read = await readAllConnectionRequests(client);
		expect(read.map(({ id }) => id)).toEqual(fake.connections.all.map(({ id }) => id));
		expect(fake.connections.all.flatMap(({ puts }) => puts)).toEqual([]);
		expect(fake.trapped).toEqual([]);
		expect(countCalls(fake, 'GET', /./)).toBeLessThanOrEqual(connectionRequests / 10 + 2);
	},
);

test.each(connectionVersions)(
	'pages of 2 are followed on our own host and of version %s',
	async (version) => {
		const { fake, client } = await startFake({ connectionRequests: 5 });
		const pages: number[] = [];
		for await (const page of drainConnectionRequests(client, { limit: 2 }, { version })) {
			pages.push(page.length);
			for (const request of page) expect(request).not.toHaveProperty('requestToken');
		}
		// Each begins with the last request of the one before.
		expect(pages).toEqual([2, 1, 1, 1]);
		const lists = fake.calls.filter(({ method }) => method === 'GET');
		expect(lists.map(({ path }) => path)).toEqual(
			Array.from({ length: 5 }, () => `/api/v${version}/common/connectionrequests`),
		);
		expect(lists.map(({ query }) => query)).toEqual([
			{ limit: '2' },
			{ limit: '2', offset: '1' },
			{ limit: '2', offset: '2' },
			{ limit: '2', offset: '3' },
			// A full page without a NextPage is asked for again from its middle on.
			{ limit: '2', offset: '4' },
		]);
		expect(fake.trapped).toEqual([]);
	},
);

test('a queue that is read to its end may be answered whole, with living tokens', async () => {
	const { fake, client } = await startFake({ connectionRequests: 20 });
	const read = await readAllConnectionRequests(client, {}, { includeRequestToken: true });
	expect(new Set(read.map(({ requestToken }) => requestToken)).size).toBe(20);
	for (const { id } of read) await updateConnectionRequest(client, id, 'CRSUC');
	expect(await readAllConnectionRequests(client)).toEqual([]);
	for (const request of fake.connections.all) expect(request.puts).toEqual(['CRSUC']);
});

test.each([
	[9, 1],
	[10, 2],
	[18, 2],
	[19, 3],
	[20, 3],
])(
	'of %i requests, %i calls show that they are all: one more where a page is full',
	async (n, calls) => {
		const { fake, client } = await startFake({ connectionRequests: n });
		expect(await readAllConnectionRequests(client)).toHaveLength(n);
		expect(countCalls(fake, 'GET', /./)).toBe(calls);
	},
);

test('a full page without a NextPage comes with its newest tokens', async () => {
	let reading = 0;
	const { client } = await startServer((response) => {
		reading++;
		const Items = ['A', 'B'].map((ID) => ({ ID, requestToken: `${ID}${reading}` }));
		json(response, { Items, NextPage: null });
	});
	const read = await readAllConnectionRequests(client, { limit: 2 }, { includeRequestToken: true });
	expect(read.map(({ requestToken }) => requestToken)).toEqual(['A2', 'B2']);
	expect(reading).toBe(2);
});

/** Answers one page for each offset; '' is the first. */
async function startPages(pages: Readonly<Record<string, [string[], string | null]>>) {
	return startServer((response, call: SeenCall) => {
		const [ids, offset] = pages[call.query.get('offset') ?? ''] ?? [[], null];
		const NextPage = offset === null ? null : `https://evil.example/?limit=2&offset=${offset}`;
		json(response, { Items: ids.map((ID) => ({ ID })), NextPage });
	});
}

test('a request that moved onto the next page is read once', async () => {
	const { client } = await startPages({
		'': [['A', 'B'], 'b%2F'],
		'b/': [['B', 'C'], 'c'],
		c: [['C'], null],
	});
	const pages: string[][] = [];
	for await (const page of drainConnectionRequests(client, { limit: 2 })) {
		pages.push(page.map(({ id }) => id));
	}
	expect(pages).toEqual([['A', 'B'], ['C']]);
});

test('an empty page does not end the reading where it names a next one', async () => {
	const { client } = await startPages({ '': [['A'], 'x'], x: [[], 'y'], y: [['B'], null] });
	expect(await readAllConnectionRequests(client)).toHaveLength(2);
});

test('pages that turn in a circle are an error, not an endless loop', async () => {
	const { client, server } = await startPages({ '': [['A'], 'x'], x: [['B'], 'x'] });
	expect(await failureOf(readAllConnectionRequests(client))).toMatchObject({
		code: 'CONCUR_INCOMPLETE_QUEUE',
	});
	expect(server.calls).toHaveLength(7);
});

test.each(['resetAfter', 'rateLimit', 'truncatedBody', 'expiredToken'] as const)(
	'with %s on some pages, all are read once',
	async (kind) => {
		const { fake, client } = await startFake({ connectionRequests: 23 });
		fake.faults.set({ kind, calls: [1, 3] });
		expect(await readAllConnectionRequests(client)).toHaveLength(23);
	},
);
