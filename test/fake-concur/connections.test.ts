import {
	connectionItems,
	member,
	startClient,
	stopAll,
	text,
	type Client,
	type Reply,
} from './client';

afterEach(stopAll);

const hourMs = 3_600_000;
const path = '/api/v3.2/common/connectionrequests';

describe('the connection request queue', () => {
	test('shows five, at most ten, and says where to go on', async () => {
		const client = await startClient({ connectionRequests: 12 });
		expect(await sizes(client, ['', '?limit=10', '?limit=10&offset=10'])).toEqual([5, 10, 2]);
		expect((await client.get(`${path}?limit=11`)).status).toBe(400);
		const first = await client.get(`${path}?limit=10`);
		expect(text(first.json, 'NextPage')).toBe(
			`${client.fake.trapUrl}/api/v3.2/common/connectionrequests/?limit=10&offset=10`,
		);
		const last = await client.get(`${path}?limit=10&offset=10`);
		expect(member(last.json, 'NextPage')).toBeNull();
	});

	test('shifts left on a PUT, so that following NextPage skips items', async () => {
		const client = await startClient({ connectionRequests: 4 });
		const all = client.fake.connections.all.map((each) => each.id);
		const page = connectionItems(await client.get(`${path}?limit=2`));
		for (const each of page) await put(client, text(each, 'ID'), 'CRSUC');
		const next = connectionItems(await client.get(`${path}?limit=2&offset=2`));
		expect(next).toEqual([]);
		const restart = connectionItems(await client.get(`${path}?limit=2`)).map((each) =>
			text(each, 'ID'),
		);
		expect(restart).toEqual(all.slice(2));
	});

	test.each([
		['CRSUC', 1, Infinity, 1],
		['CRRET', 48, 1, 0],
		['CREU1', 4, 24, 4],
		['CREU3', 4, 24, 4],
	])(
		'lets a request with %s come back %i times at most, after %i hours',
		async (status, times, hours, mails) => {
			const client = await startClient({ connectionRequests: 1 });
			const id = client.fake.connections.all[0]?.id ?? '';
			for (let n = 0; n < times; n++) {
				expect((await put(client, id, status)).status).toBe(204);
				expect(await sizes(client, [''])).toEqual([0]);
				if (hours === Infinity) return;
				client.fake.clock.advance(hours * hourMs + 1000);
				await client.logIn();
				expect(await sizes(client, [''])).toEqual([1]);
			}
			expect(client.fake.connections.find(id)).toMatchObject({ emailsSent: mails, final: false });
			await put(client, id, status);
			client.fake.clock.advance(1000 * hourMs);
			await client.logIn();
			expect(await sizes(client, [''])).toEqual([0]);
			expect(client.fake.connections.find(id)).toMatchObject({ final: true });
		},
	);

	test('counts every PUT and every e-mail', async () => {
		const client = await startClient();
		const id = client.fake.connections.all[0]?.id ?? '';
		await put(client, id, 'CRSUC');
		await put(client, id, 'CRSUC');
		expect(client.fake.connections.find(id)).toMatchObject({
			puts: ['CRSUC', 'CRSUC'],
			emailsSent: 2,
		});
	});

	test.each([
		['an unknown status', 'CRXXX', 400],
		['no status', '', 400],
	])('refuses %s', async (_name, status, expected) => {
		const client = await startClient();
		expect((await put(client, client.fake.connections.all[0]?.id ?? '', status)).status).toBe(
			expected,
		);
	});

	test('generates a new request token on every GET', async () => {
		const client = await startClient({ connectionRequests: 1 });
		const tokens = new Set<string>();
		for (let n = 0; n < 3; n++)
			tokens.add(text(connectionItems(await client.get(path))[0], 'requestToken'));
		expect(tokens.size).toBe(3);
		expect(client.fake.secrets()).toEqual(expect.arrayContaining([...tokens]));
	});

	test('takes a new request by login, but not a second one', async () => {
		const client = await startClient({ connectionRequests: 0 });
		const post = () => client.call('POST', `${path}?user=user1@fake-concur.example`);
		expect((await post()).status).toBe(200);
		expect((await post()).status).toBe(409);
		expect((await client.call('POST', path)).status).toBe(400);
		expect(await sizes(client, [''])).toEqual([1]);
	});

	test('may hand out a single item as an object, and leave NextPage out', async () => {
		const client = await startClient({ connectionRequests: 1 });
		client.fake.quirks.singleItemAsObject = true;
		client.fake.quirks.omitLastNextPage = true;
		const reply = await client.get(path);
		expect(text(reply.json, 'Items', 'status')).toBe('Pending');
		expect(reply.text).not.toContain('NextPage');
	});
});

describe('other semantics of the list', () => {
	test('a lease hides items for 24 hours unless they are PUT', async () => {
		const client = await startClient({ connectionQueue: 'lease', connectionRequests: 7 });
		const first = connectionItems(await client.get(path));
		expect(await sizes(client, ['', ''])).toEqual([2, 0]);
		await put(client, text(first[0], 'ID'), 'CRSUC');
		client.fake.clock.advance(24 * hourMs + 1000);
		await client.logIn();
		expect(await sizes(client, ['?limit=10'])).toEqual([6]);
	});

	test('the older API filters by status and has opaque offsets', async () => {
		const client = await startClient({ connectionQueue: 'status', connectionRequests: 6 });
		const first = await client.get(`${path}?limit=4`);
		const offset = new URL(text(first.json, 'NextPage')).searchParams.get('offset');
		expect(offset).toBe(text(connectionItems(first).at(-1), 'ID'));
		expect(await sizes(client, [`?limit=4&offset=${offset}`])).toEqual([2]);
		await put(client, String(offset), 'CRSUC');
		expect(await sizes(client, ['?status=Connected', '?status=Pending&limit=10'])).toEqual([1, 5]);
	});
});

async function sizes(client: Client, queries: string[]): Promise<number[]> {
	const found = [];
	for (const query of queries) found.push(connectionItems(await client.get(path + query)).length);
	return found;
}

function put(client: Client, id: string, status: string): Promise<Reply> {
	return client.call('PUT', `${path}/${id}`, { status });
}
