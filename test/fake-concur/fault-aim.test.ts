import { ids, startClient, stopAll, type Client } from './client';

afterEach(stopAll);

describe('the aim of a fault', () => {
	test('can be certain calls', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'rateLimit', calls: [2, 3] });
		expect(await statuses(client, 4)).toEqual([200, 429, 429, 200]);
	});

	test('can be a number of times', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'rateLimit', times: 2 });
		expect(await statuses(client, 4)).toEqual([429, 429, 200, 200]);
		expect(client.fake.faults.struck('rateLimit')).toBe(2);
	});

	test('can be a rate: calls beyond so many a second', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'rateLimit', perSecond: 3 });
		expect((await statuses(client, 5)).slice(0, 4)).toEqual([200, 200, 200, 429]);
	});

	test('can be a probability, the same on every run', async () => {
		const runs = [];
		for (let run = 0; run < 2; run++) {
			const client = await startClient({ seed: 7 });
			client.fake.faults.set(
				{ kind: 'rateLimit', probability: 0.5 },
				{ kind: 'timeOut', probability: 0.5 },
			);
			runs.push(await statuses(client, 30));
		}
		expect(runs[0]).toEqual(runs[1]);
		expect(new Set(runs[0])).toEqual(new Set([200, 429, 408]));
	});

	test('can be a path', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'serverError', path: '/comments$' });
		const [id] = client.fake.world.requests();
		expect((await client.get(`/travelrequest/v4/requests/${id}/comments`)).status).toBe(500);
		expect((await client.get(`/travelrequest/v4/requests/${id}`)).status).toBe(200);
	});

	test.each([
		['api', 429, 200],
		['token', 200, 429],
		['both', 429, 429],
	] as const)('can be %s calls', async (scope, api, token) => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'rateLimit', scope });
		expect((await client.list()).status).toBe(api);
		expect((await client.requestToken({ grant_type: 'client_credentials' })).status).toBe(token);
	});

	test('can be one record', async () => {
		const client = await startClient();
		const [poison = '', missing = '', huge = ''] = client.fake.world.requests();
		client.fake.faults.poison.add(poison);
		client.fake.faults.missing.add(missing);
		client.fake.faults.huge.set(huge, 2);
		const path = '/travelrequest/v4/requests/';
		expect((await client.get(path + poison)).status).toBe(500);
		expect((await client.get(path + missing)).status).toBe(404);
		expect((await client.get(path + huge)).text.length).toBeGreaterThan(2 * 1024 * 1024);
		expect(ids(await client.list({ limit: 100 }))).toEqual(
			expect.arrayContaining([poison, missing]),
		);
	});

	test('is remembered with the call', async () => {
		const client = await startClient();
		client.fake.calls.length = 0;
		client.fake.faults.set({ kind: 'resetBefore', times: 1 });
		await expect(client.list()).rejects.toThrow();
		await client.list({ userId: client.fake.world.users[0]?.id ?? '' });
		expect(client.fake.calls).toMatchObject([
			{ method: 'GET', status: 0, fault: 'resetBefore', userId: undefined },
			{ status: 200, userId: client.fake.world.users[0]?.id },
		]);
	});

	test('ends with clear', async () => {
		const client = await startClient();
		client.fake.faults.set({ kind: 'timeOut' });
		client.fake.faults.moved = true;
		client.fake.faults.clear();
		expect((await client.list()).status).toBe(200);
		expect(client.fake.faults.moved).toBe(false);
	});
});

async function statuses(client: Client, count: number): Promise<number[]> {
	const found = [];
	for (let n = 0; n < count; n++) found.push((await client.list()).status);
	return found;
}
