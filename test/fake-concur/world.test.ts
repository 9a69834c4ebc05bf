import { Random } from '../../fake-concur/random';
import { ids, objects, startClient, stopAll, text, type Client } from './client';

afterEach(stopAll);

describe('the world', () => {
	test('is the same for the same seed and another for another', async () => {
		const worlds = [];
		for (const seed of [5, 5, 6]) worlds.push(portrait(await startClient({ seed, requests: 60 })));
		expect(worlds[0]).toEqual(worlds[1]);
		expect(worlds[2]).not.toEqual(worlds[0]);
	});

	test('changes in the same random way for the same seed', async () => {
		const stories = [];
		for (let run = 0; run < 2; run++) {
			const client = await startClient();
			const { world } = client.fake;
			const random = new Random(9);
			const story = [
				world.randomCreate(random),
				world.randomEdit(random),
				world.randomDelete(random),
			];
			stories.push(story);
		}
		expect(stories[0]).toEqual(stories[1]);
	});

	test('tells the truth that the API answers', async () => {
		const client = await startClient({ requests: 40 });
		for (const id of client.fake.world.requests()) {
			const truth = client.fake.world.truth(id);
			const userId = `?userId=${text(truth?.request, 'owner', 'id')}`;
			const path = `/travelrequest/v4/requests/${id}`;
			expect((await client.get(path)).json).toEqual(truth?.request);
			expect((await client.get(path)).text).toBe(client.fake.world.truthText(id));
			expect((await client.get(`${path}/expenses${userId}`)).json).toEqual(truth?.expenses);
			expect((await client.get(`${path}/comments`)).json).toEqual(truth?.comments);
			expect((await client.get(`${path}/exceptions${userId}`)).json).toEqual(truth?.exceptions);
			for (const each of objects(truth?.expenses)) {
				const expense = text(each, 'id');
				const reply = await client.get(`/travelrequest/v4/expenses/${expense}/comments${userId}`);
				expect(reply.json).toEqual(truth?.expenseComments[expense]);
			}
			for (const each of objects(truth?.cashAdvances)) {
				const reply = await client.get(
					`/travelrequest/v4/cashadvances/${text(each, 'cashAdvanceId')}`,
				);
				expect(reply.json).toEqual(each);
			}
		}
	});

	test('holds nasty texts, empty against null, and numbers that doubles cannot hold', async () => {
		const client = await startClient({ requests: 400 });
		const { world } = client.fake;
		const all = world
			.requests()
			.map((id) => world.truthText(id))
			.join('\n');
		const nasty = [
			'"=HYPERLINK',
			'東京',
			'👩‍💻',
			'\\r\\n',
			'"@SUM',
			'"+49',
			'"-1+1',
			'"comment":null',
			'"comment":""',
		];
		for (const each of [...nasty, '1000000000000000.01', '213.06']) expect(all).toContain(each);
		const expenses = world.requests().map((id) => objects(world.truth(id)?.expenses).length);
		expect(Math.min(...expenses)).toBe(0);
		expect(Math.max(...expenses)).toBeGreaterThan(19);
	});

	test('keeps every digit that a client sends', async () => {
		const client = await startClient();
		const [user] = client.fake.world.users;
		const id = client.fake.world.create({ name: 'x' }, user?.id);
		const url = `${client.fake.baseUrl}/travelrequest/v4/requests/${id}/expenses?userId=${user?.id}`;
		const amount = '{"value":1000000000000000.01,"currency":"USD"}';
		const response = await fetch(url, {
			method: 'POST',
			headers: { authorization: `Bearer ${client.token}` },
			body: `{"expenseType":{"id":"AIRFR"},"transactionDate":"2026-03-02","transactionAmount":${amount}}`,
		});
		expect(await response.text()).toContain(`"transactionAmount":${amount}`);
	});
});

describe('a deletion', () => {
	test('is announced by nothing: the request is gone from detail and lists', async () => {
		const client = await startClient();
		const [id = ''] = client.fake.world.requests();
		client.fake.world.delete(id);
		expect((await client.get(`/travelrequest/v4/requests/${id}`)).status).toBe(404);
		expect(ids(await client.list({ limit: 100 }))).not.toContain(id);
		expect(client.fake.world.truth(id)).toBeUndefined();
	});
});

test('a world of 200,000 requests is built and answers a narrow window', async () => {
	const client = await startClient({ requests: 200_000, users: 50 });
	const { world } = client.fake;
	const [some = ''] = world.requests();
	world.edit(some, { name: 'edited' });
	expect(ids(await client.list({ modifiedAfter: '2026-03-01T12:00:00Z' }))).toEqual([some]);
	expect(world.livingRequests).toBe(200_000);
	const numbers = new Set<string>();
	for (let start = 0; start < 1000; start += 100) {
		for (const id of ids(await client.list({ start, limit: 100 }))) numbers.add(id);
	}
	expect(numbers.size).toBe(1000);
});

/** Everything about a world except the ports of its hosts. */
function portrait(client: Client): string {
	const { world, connections, baseUrl, trapUrl } = client.fake;
	const truths = world.requests().map((id) => world.truth(id));
	const wishes = connections.all.map(({ id, loyaltyNumber, emails }) => ({
		id,
		loyaltyNumber,
		emails,
	}));
	return JSON.stringify({ truths, wishes, users: world.users })
		.replaceAll(new URL(baseUrl).host, 'home')
		.replaceAll(new URL(trapUrl).host, 'trap');
}
