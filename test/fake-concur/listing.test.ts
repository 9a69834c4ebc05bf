import fc from 'fast-check';
import { ids, member, objects, refusal, rels, rows, startClient, stopAll, text } from './client';

afterEach(stopAll);

describe('the list of requests', () => {
	test('has ten rows a page unless told otherwise, newest start date first', async () => {
		const client = await startClient();
		const reply = await client.list();
		const dates = rows(reply).map((row) => text(row, 'startDate'));
		expect(dates).toHaveLength(10);
		expect(dates).toEqual([...dates].sort().reverse());
	});

	test.each([
		['101', 'Limit must be less than or equal to 100'],
		['0', 'Limit must be greater than or equal to 1'],
		['ten', 'Limit must contains only digits'],
	])('refuses limit=%s with the documented text', async (limit, message) => {
		const client = await startClient();
		expect(refusal(await client.list({ limit }))).toEqual([400, '-', message]);
	});

	test.each([
		[{ modifiedAfter: 'yesterday' }, 'invalidDate'],
		[{ modifiedBefore: '2026-13-01' }, 'invalidDate'],
		[{ approvedAfter: '2026-01-01T00:00:00' }, 'invalidDate'],
		[{ modifiedAfter: '2026-01-01T00:00:00.000Z' }, 'invalidDate'],
		[{ userId: 'not-a-uuid' }, 'invalidUuid'],
		[{ userId: '00000000-0000-4000-a000-000000000000' }, 'userNotFound'],
		[{ view: 'EVERYTHING' }, 'badParam'],
		[{ sortField: 'lastModified' }, 'badParam'],
		[{ view: 'PENDINGPROPOSAL' }, 'missingRequiredParam'],
	])('refuses %j with %s', async (parameters, code) => {
		const client = await startClient();
		expect(refusal(await client.list({ ...parameters })).slice(0, 2)).toEqual([400, code]);
	});

	test('refuses a malformed correlation id and echoes a good one', async () => {
		const client = await startClient();
		const path = '/travelrequest/v4/requests';
		const bad = await client.get(path, { 'concur-correlationid': 'x' });
		expect(refusal(bad).slice(0, 2)).toEqual([400, 'invalidUuid']);
		const id = '5512c7be-3fab-4d65-ae69-8a74a04a0c7f';
		const good = await client.get(path, { 'Concur-CorrelationId': id });
		expect(good.headers.get('concur-correlationid')).toBe(id);
	});

	test('has thin items: no lastModified, no policy, no custom fields, never expenses', async () => {
		const client = await startClient();
		for (const row of rows(await client.list({ limit: 100 }))) {
			expect(row['expenses']).toEqual([]);
			expect(
				Object.keys(row).filter((name) => /custom|policy|lastM|mainD|operat/.test(name)),
			).toEqual([]);
		}
	});

	test('walked by offset yields every request once while nothing changes', async () => {
		const client = await startClient({ requests: 137 });
		const sortings = ['startDate', 'approvalStatus', 'requestId'];
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 100 }),
				fc.constantFrom(...sortings),
				fc.constantFrom('ASC', 'DESC'),
				async (limit, sortField, sortOrder) => {
					const seen: string[] = [];
					for (let start = 0; start < 200; start += limit) {
						seen.push(...ids(await client.list({ start, limit, sortField, sortOrder })));
					}
					expect(seen).toHaveLength(137);
					expect(new Set(seen)).toEqual(new Set(client.fake.world.requests()));
				},
			),
			{ numRuns: 12 },
		);
	});

	test('may shuffle what sorts alike on every call, but never requestIds', async () => {
		const client = await startClient({ requests: 80 });
		client.fake.quirks.unstableTies = true;
		for (const [sortField, isStable] of [
			['approvalStatus', false],
			['requestId', true],
		] as const) {
			const first = ids(await client.list({ sortField, limit: 100 }));
			const second = ids(await client.list({ sortField, limit: 100 }));
			expect(new Set(second)).toEqual(new Set(first));
			expect(second.join() === first.join()).toBe(isStable);
		}
	});

	test('may want a user from a company token', async () => {
		const client = await startClient();
		client.fake.quirks.listNeedsUser = true;
		expect(refusal(await client.list())[1]).toBe('missingRequiredParam');
	});

	test('sorts by requestId', async () => {
		const client = await startClient();
		const reply = await client.list({ limit: 100, sortField: 'requestId', sortOrder: 'ASC' });
		const numbers = rows(reply).map((row) => text(row, 'requestId'));
		expect(numbers).toEqual([...numbers].sort());
		expect(new Set(numbers).size).toBe(100);
	});
});

describe('the links of a list', () => {
	test.each([
		[0, ['next', 'first', 'last']],
		[40, ['next', 'first', 'prev', 'last']],
		[80, ['first', 'prev', 'last']],
	])('at offset %i of 100 are %j', async (start, expected) => {
		const client = await startClient();
		expect(rels(await client.list({ start, limit: 40 }))).toEqual(expected);
	});

	test('carry view, limit and start, but neither userId nor filters', async () => {
		const client = await startClient();
		const userId = client.fake.world.users[0]?.id ?? '';
		const reply = await client.list({ limit: 5, userId, modifiedAfter: '2020-01-01' });
		const links = objects(member(reply.json, 'operations')).map((link) => text(link, 'href'));
		expect(links.every((href) => /requests\?view=ALL&limit=5&start=\d+$/.test(href))).toBe(true);
	});

	test.each([
		['a single page has none', {}, 100, []],
		['or first and last', { noLinksOnSinglePage: false }, 100, ['first', 'last']],
		['first and last only', { listLinks: 'firstLast' }, 10, ['first', 'last']],
		['a full page without next', { dropNext: true }, 10, ['first', 'last']],
		['none at all', { listLinks: 'none' }, 10, []],
		[
			'next after an exactly full page',
			{ nextAfterExactlyFullPage: true },
			100,
			['next', 'first', 'last'],
		],
	] as const)('%s', async (_name, quirks, limit, expected) => {
		const client = await startClient();
		Object.assign(client.fake.quirks, quirks);
		expect(rels(await client.list({ limit }))).toEqual(expected);
	});

	test('may point at a foreign host', async () => {
		const client = await startClient();
		const hosts = new Set<string>();
		for (let start = 0; start < 100; start += 10) {
			const reply = await client.list({ start });
			for (const link of objects(member(reply.json, 'operations'))) {
				hosts.add(new URL(text(link, 'href')).origin);
			}
		}
		expect(hosts).toEqual(new Set([client.fake.baseUrl, client.fake.trapUrl]));
	});

	test('a list may ignore the limit', async () => {
		const client = await startClient();
		client.fake.quirks.ignoreLimit = 7;
		expect(ids(await client.list({ limit: 100 }))).toHaveLength(7);
	});
});
