import { setTimeout as wait } from 'node:timers/promises';
import { ids, startClient, stopAll } from './client';

afterEach(stopAll);

describe('scheduled changes', () => {
	test('happen after every n-th list call and tell whom they touched', async () => {
		const client = await startClient();
		const { world } = client.fake;
		const before = new Map(world.requests().map((id) => [id, world.truthText(id)]));
		const plan = world.schedule({ edits: 3, creates: 1, deletes: 1, everyCalls: 2 });
		for (let n = 0; n < 6; n++) await client.list();
		expect(plan.rounds).toBe(3);
		expect([plan.created.size, plan.deleted.size]).toEqual([3, 3]);
		for (const [id, truth] of before) {
			if (!plan.touched.has(id)) expect(world.truthText(id)).toBe(truth);
		}
		for (const id of plan.deleted) expect(world.requests()).not.toContain(id);
		expect([...plan.touched].every((id) => world.touched.has(id))).toBe(true);
	});

	test('happen between two pages: offset paging then skips an untouched request', async () => {
		const client = await startClient({ requests: 20 });
		const { world } = client.fake;
		const paging = { limit: 10, sortField: 'requestId', sortOrder: 'ASC' };
		const plan = world.schedule({ deletes: 5, atCall: 1, times: 1 });
		const all = world.requests();
		const seen = new Set([
			...ids(await client.list(paging)),
			...ids(await client.list({ ...paging, start: 10 })),
		]);
		const skipped = all.filter((id) => !seen.has(id) && !plan.touched.has(id));
		expect(plan.deleted.size).toBe(5);
		expect(skipped.length).toBeGreaterThan(0);
	});

	test('give an edited request the present as lastModified', async () => {
		const client = await startClient();
		const { world, clock } = client.fake;
		clock.advance(3_600_000);
		await client.logIn();
		const plan = world.schedule({ edits: 2, atCall: 1 });
		await client.list();
		const window = { modifiedAfter: '2026-03-01T13:00:00Z', limit: 100 };
		expect(new Set(ids(await client.list(window)))).toEqual(plan.touched);
	});

	test.each([
		['every call of any kind', { edits: 1, everyCalls: 1, on: 'any' }, 4],
		['only list calls', { edits: 1, everyCalls: 1 }, 2],
		['at most so many times', { edits: 1, everyCalls: 1, on: 'any', times: 3 }, 3],
		['fake time', { edits: 1, everyMs: 1000 }, 2],
	] as const)('can follow %s', async (_name, plan, rounds) => {
		const client = await startClient();
		const { world, clock } = client.fake;
		const [id] = world.requests();
		const changes = world.schedule(plan);
		clock.stepPerCallMs = 600;
		for (let n = 0; n < 2; n++) {
			await client.list();
			await client.get(`/travelrequest/v4/requests/${id}`);
		}
		expect(changes.rounds).toBe(rounds);
		changes.stop();
		await client.list();
		expect(changes.rounds).toBe(rounds);
	});

	test('happen at once without a trigger', async () => {
		const client = await startClient();
		const changes = client.fake.world.schedule({ creates: 2 });
		expect(client.fake.world.requests()).toHaveLength(102);
		expect(changes.created.size).toBe(2);
	});
});

test('the clock runs with real time unless it is frozen', async () => {
	const { clock } = (await startClient()).fake;
	const frozen = clock.now();
	await wait(15);
	expect(clock.now()).toEqual(frozen);
	clock.resume();
	await wait(15);
	const passed = clock.now().getTime() - frozen.getTime();
	expect(passed).toBeGreaterThan(10);
	expect(passed).toBeLessThan(5000);
});

test('the clock can step with every call, and every answer carries its time', async () => {
	const client = await startClient();
	client.fake.clock.set(new Date('2027-01-01T00:00:00Z'));
	await client.logIn();
	client.fake.clock.stepPerCallMs = 60_000;
	const dates = [];
	for (let n = 0; n < 2; n++) dates.push((await client.list()).headers.get('date') ?? '');
	expect(dates[0]).toMatch(/^Fri, 01 Jan 2027 00:01:00 GMT$/);
	expect(dates[1]).toMatch(/^Fri, 01 Jan 2027 00:02:00 GMT$/);
});
