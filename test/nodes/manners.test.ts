import { byId, jsonOf, openBench, textOf } from '../support/n8n/run-concur';
import { startFake } from '../support/start-fake';

const LIST = ['travelRequest', 'getAll'] as const;
const ALL = { view: 'ALL', returnAll: true };

async function open(requests = 30) {
	const fake = await startFake({ seed: 11, requests, documentedExamples: false });
	return { fake, bench: openBench(fake), ids: fake.world.requests() };
}

describe('The node, when Concur has a bad day,', () => {
	it.each([
		['429 and Retry-After', { kind: 'rateLimit', retryAfter: 1 }],
		['503', { kind: 'unavailable' }],
		['a body that breaks off', { kind: 'truncatedBody' }],
		['a page of HTML', { kind: 'htmlBody' }],
		['a connection that is cut', { kind: 'resetAfter' }],
		['a token that has just died', { kind: 'expiredToken' }],
	] as const)('goes on after %s', async (_, fault) => {
		const { fake, bench, ids } = await open(250);
		fake.faults.set({ ...fault, calls: [2] });
		const items = jsonOf(await bench.run(...LIST, ALL));
		expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
	});

	it('waits as long as Concur asks', async () => {
		const { fake, bench } = await open();
		fake.faults.set({ kind: 'rateLimit', retryAfter: 2, calls: [1] });
		jsonOf(await bench.run(...LIST, ALL));
		const [refused = 0, repeated = 0] = fake.calls
			.filter(({ path }) => path.endsWith('/requests'))
			.map(({ at }) => Date.parse(at));
		expect(repeated - refused).toBeGreaterThanOrEqual(2000);
	});

	it("gives up with Concur's words when it stays bad", async () => {
		const { fake, bench } = await open();
		fake.faults.set({ kind: 'internalServerError' });
		const { error } = await bench.run(...LIST, ALL);
		expect(error).toMatchObject({
			message: expect.stringMatching(/Concur answered 500/),
			description: expect.stringMatching(/SAP support.*Correlation ID/),
			httpCode: '500',
		});
	});

	it('gives up soon on a token that is refused for good', async () => {
		const { fake, bench } = await open();
		fake.faults.set({ kind: 'expiredToken' });
		const { error } = await bench.run(...LIST, ALL);
		expect(error).toMatchObject({ httpCode: '401' });
		expect(fake.calls.length).toBeLessThan(10);
	});

	it('follows no redirect and shows no token of an answer', async () => {
		const { fake, bench } = await open();
		fake.faults.set({ kind: 'echoToken' });
		const run = await bench.run(...LIST, ALL);
		const text = JSON.stringify(run);
		expect(fake.secrets().filter((secret) => text.includes(secret))).toEqual([]);
	});
});

describe('The node, with several items,', () => {
	const UNKNOWN = 'F'.repeat(32);

	it('pairs each output with its input, in order, though several reads are under way', async () => {
		const { bench, ids } = await open();
		const run = await bench.run(
			'travelRequest',
			'get',
			{ requestId: byId('={{ $json.wanted }}') },
			{ items: ids.map((wanted) => ({ wanted })) },
		);
		expect(jsonOf(run).map(({ id }) => id)).toEqual(ids);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('takes a travel request by its URL, wherever the link comes from', async () => {
		const { bench, ids } = await open();
		const [id = ''] = ids;
		const urls = [
			`https://us2.api.concursolutions.com/travelrequest/v4/requests/${id}`,
			`https://emea.api.concursolutions.com/v4/requests/${id}/exceptions?compact=false`,
		];
		for (const value of urls) {
			const requestId = { __rl: true, mode: 'url', value };
			const [request] = jsonOf(await bench.run('travelRequest', 'get', { requestId }));
			expect(request?.['id']).toBe(id);
		}
	});

	it('stops at the first failure and names the item', async () => {
		const { bench, ids } = await open();
		const wanted = [...ids.slice(0, 3), UNKNOWN, ...ids.slice(3)];
		const run = await bench.run(
			'travelRequest',
			'get',
			{ requestId: byId('={{ $json.wanted }}') },
			{ items: wanted.map((each) => ({ wanted: each })) },
		);
		expect(run.error).toMatchObject({
			message: expect.stringContaining('404'),
			description: expect.stringContaining("Concur's code: notFound."),
			context: { itemIndex: 3 },
		});
		expect(run.items).toEqual([]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'goes on after a failed one with %s',
		async (onError) => {
			const { bench, ids } = await open();
			const wanted = [ids[0], UNKNOWN, ids[1]];
			const run = await bench.run(
				'travelRequest',
				'get',
				{ requestId: byId('={{ $json.wanted }}') },
				{ items: wanted.map((each) => ({ wanted: each ?? '' })), onError },
			);
			const failed = onError === 'continueErrorOutput' ? run.outputs[1] : [run.items[1]];
			expect(failed?.[0]).toMatchObject({
				json: {
					error: expect.stringContaining('Concur answered 404 notFound'),
					details: {
						description: expect.stringContaining('Check the id'),
						code: 'CONCUR_NOT_FOUND',
						concurCode: 'notFound',
						correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
					},
				},
				pairedItem: { item: 1 },
			});
			expect(run.outputs.flat()).toHaveLength(3);
		},
	);

	it.each(['stallHeaders', 'stallBody'] as const)(
		'ends at once when stopped in %s',
		async (kind) => {
			const { fake, bench } = await open();
			fake.faults.set({ kind });
			const stop = new AbortController();
			const options = {
				signal: stop.signal,
				onError: 'continueRegularOutput',
				items: [{}, {}],
			} as const;
			const running = bench.run(...LIST, ALL, options);
			while (fake.calls.length < 2) await new Promise(setImmediate);
			stop.abort();
			expect((await running).status).toBe('canceled');
		},
	);
});

describe('The lists of the node', () => {
	it('find users by a part of their name', async () => {
		const fake = await startFake({ seed: 11, users: 70, requests: 0 });
		const bench = openBench(fake);
		const wanted = fake.world.users[3];
		const { results } = await bench.search('searchUsers', { filter: wanted?.loginId ?? '' });
		expect(results.map(({ value }) => value)).toContain(wanted?.id);
	});

	it('bring all users, page by page', async () => {
		const fake = await startFake({ seed: 11, users: 120, requests: 0 });
		const bench = openBench(fake);
		const found = new Set<unknown>();
		let paginationToken: string | undefined;
		do {
			const page = await bench.search('searchUsers', {
				...(paginationToken && { paginationToken }),
			});
			for (const { value } of page.results) found.add(value);
			paginationToken = typeof page.paginationToken === 'string' ? page.paginationToken : undefined;
		} while (paginationToken);
		expect(found.size).toBe(120);
	});

	it('find a request by its name among many, and say where to go on', async () => {
		const { bench, ids } = await open(350);
		const all = await bench.search('searchRequests');
		expect(all.results).toHaveLength(100);
		const last = ids.at(-1) ?? '';
		const [request] = jsonOf(await bench.run('travelRequest', 'get', { requestId: byId(last) }));
		const { results } = await bench.search('searchRequests', {
			filter: textOf(request?.['requestId']),
		});
		expect(results.map(({ value }) => value)).toContain(last);
	});

	it('show the policies of a user', async () => {
		const { fake, bench } = await open();
		const parameters = { userId: byId(fake.world.users[0]?.id ?? '') };
		const { results } = await bench.search('searchPolicies', { parameters });
		expect(results.length).toBeGreaterThan(0);
	});

	it('say in words why they are empty', async () => {
		const { fake, bench } = await open();
		fake.quirks.grantedScopes = 'travelrequest.write';
		await expect(bench.search('searchUsers')).rejects.toThrow(/403/);
	});
});
